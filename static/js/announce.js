/** The one voice of a page: what happens at once is read as one, to whoever listens instead of looking. */
const PAUSE = 80; // ms in which more may come
const line = document.getElementById("say");
let waiting = [];
let timer = 0;

/** Reads a text when whoever listens has a moment. */
export function announce(text) {
  const said = text?.trim().replace(/\s+/g, " ");
  if (!line || !said) return;
  waiting.push(said);
  timer ||= setTimeout(speak, PAUSE);
}

function speak() {
  const text = [...new Set(waiting)].join(" – ");
  [waiting, timer] = [[], 0];
  line.textContent = line.textContent === text ? `${text}\u00a0` : text; // the same again is read again
}
