/** Le vote de la salle on the phone: three at most, and my own beside the result. */
import { restoreAll } from "js/draft.js";

/** Whoever has chosen enough chooses no more, until one is let go. */
function limit(form) {
  const place = form.querySelector("[data-most]");
  if (!place) return;
  const boxes = [...place.querySelectorAll("[name=keys]")];
  const isFull = boxes.filter((box) => box.checked).length >= Number(place.dataset.most);
  boxes.forEach((box) => { box.disabled = isFull && !box.checked; });
}

const limitAll = (section) => section.querySelectorAll("form").forEach(limit);

/** Draws my choice. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  const chosen = answers.firsts?.answer.keys ?? [];
  section.querySelectorAll("[data-my-first]").forEach((mark) => { mark.hidden = !chosen.includes(mark.dataset.myFirst); });
  restoreAll(section);
  limitAll(section);
}

/** Listens as long as the round is here. */
export function enter({ on }) {
  ["change", "filled"].forEach((name) => on(name, (event) => limitAll(event.target.closest("[data-round]") ?? document)));
}
