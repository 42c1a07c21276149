/** Duel d'intitulés on the phone: a click in each duel, then a guess of the room's favourite. */
import { restoreAll } from "js/draft.js";
import { drawSteps, followSteps } from "js/steps.js";
import { drawGuess, drawVote, followShare } from "js/vote.js";

/** Draws my clicks and my guess. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  restoreAll(section);
  section.querySelectorAll("[data-step]").forEach((step) => drawVote(step, answers, step.dataset.step));
  drawSteps(section, (step) => Boolean(answers[step.dataset.step]));
  drawGuess(section, answers.guess?.answer.choice);
}

/** Listens as long as the round is here. */
export function enter(ground) {
  followShare(ground);
  followSteps(ground);
}
