/** L'expert on the phone: a secret vote at one tap, then a guess of the room; or a nomination. */
import { restoreAll } from "js/draft.js";
import { editable, listOwn } from "js/own.js";
import { drawVote, followShare } from "js/vote.js";

let known = {};

/** Draws my vote, my guess and my nominations. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  known = Object.fromEntries(Object.entries(answers).filter(([slot]) => slot.startsWith("expert:")));
  listOwn(section, known, "expert", ({ nominee, subject }) => [nominee, subject].filter(Boolean).join(" · "));
  restoreAll(section);
  drawVote(section, answers);
}

/** Listens as long as the round is here. */
export function enter(ground) {
  known = {};
  followShare(ground);
  editable(ground, "expert", () => known);
}
