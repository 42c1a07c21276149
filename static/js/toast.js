/** A short line that says what happened, and goes by itself. */
const place = document.getElementById("toasts");

/** Shows a text, with an optional list of lines under it. */
export function toast(text, lines = [], kind = "good") {
  if (!place) return;
  const note = document.createElement("div");
  note.className = `toast toast-${kind}`;
  const title = document.createElement("p");
  title.textContent = text;
  note.append(title);
  if (lines.length) {
    const list = document.createElement("ul");
    list.append(...lines);
    note.append(list);
  }
  place.replaceChildren(note);
  setTimeout(() => note.remove(), lines.length ? 3600 : 2600);
}
