/** A short line that says what happened, over whatever is open, and goes by itself. */
import { announce } from "js/announce.js";
import { raise } from "js/layer.js";

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
  raise(place);
  announce([text, ...lines.map((line) => line.textContent)].join(", "));
  setTimeout(() => note.remove(), lines.length ? 3600 : 2600);
}
