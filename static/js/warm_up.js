/** The warm-up at home: rows to note in, kept on this phone and sent nowhere. */
import "js/keyboard.js";
import { isLasting, sweep } from "js/keep.js";
import { isSecondTap } from "js/twice.js";
import * as notes from "js/warm_notes.js";
import { newId, words } from "js/words.js";

const template = document.getElementById("warm-row").content.firstElementChild;
const forget = document.getElementById("forget");
const said = document.getElementById("said");
const prompts = [...document.querySelectorAll("[data-prompt]")];

function row({ id = newId(8), name = "", note = "" } = {}) {
  const made = template.cloneNode(true);
  made.dataset.id = id;
  made.querySelector("[data-name]").value = name;
  made.querySelector("[data-note]").value = note;
  return made;
}

const typed = (one) => ({
  id: one.dataset.id,
  prompt: one.closest("[data-prompt]").dataset.prompt,
  name: one.querySelector("[data-name]").value.trim(),
  note: one.querySelector("[data-note]").value.trim(),
});
const isBlank = ({ name, note }) => !name && !note;

/** There is always one row to write in. */
function offer(place) {
  const rows = [...place.querySelectorAll(".warm-row")];
  if (!rows.length || !isBlank(typed(rows.at(-1)))) place.querySelector(".warm-rows").append(row());
}

function tell() {
  const there = notes.all().length > 0;
  said.textContent = there ? words.kept : "";
  forget.hidden = !there;
  document.getElementById("fleeting").hidden = isLasting();
}

function draw() {
  const known = notes.all();
  for (const place of prompts) {
    const own = known.filter((note) => note.prompt === place.dataset.prompt || (place === prompts[0] && Number(note.prompt) > prompts.length));
    place.querySelector(".warm-rows").replaceChildren(...own.map(row));
    offer(place);
  }
  tell();
}

document.addEventListener("input", ({ target }) => {
  const one = target.closest(".warm-row");
  if (!one) return;
  const note = typed(one);
  if (isBlank(note)) notes.drop(note.id);
  else notes.write(note);
  offer(one.closest("[data-prompt]"));
  tell();
});

forget.addEventListener("click", () => {
  if (!isSecondTap(forget)) return;
  notes.all().forEach(({ id }) => notes.drop(id));
  draw();
});

sweep();
draw();
