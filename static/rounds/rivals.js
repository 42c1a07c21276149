/** Carte des concurrents on the phone: my companies, each to be corrected or taken back. */
import { restoreAll } from "js/draft.js";
import { editable, listOwn } from "js/own.js";

let known = {};

/** Draws my companies. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  known = answers;
  listOwn(section, known, "company", ({ name }) => name);
  restoreAll(section);
}

/** Listens as long as the round is here. */
export function enter(ground) {
  known = {};
  editable(ground, "company", () => known);
}
