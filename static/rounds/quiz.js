/** The quiz on the phone: one question at a time; at the reveal, my answer beside the right one. */
import { drawSteps, followSteps } from "js/steps.js";
import { drawVote } from "js/vote.js";

/** Draws my answers. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  section.querySelectorAll("[data-step]").forEach((step) => drawVote(step, answers, step.dataset.step));
  drawSteps(section, (step) => Boolean(answers[step.dataset.step]));
  section.querySelectorAll("[data-told]").forEach((told) => reveal(told, answers));
}

function reveal(told, answers) {
  drawVote(told, answers, told.dataset.told);
  const said = answers[told.dataset.told]?.answer.choice;
  const state = said === undefined ? "none" : said === told.dataset.right ? "right" : "wrong";
  told.querySelectorAll("[data-said-if]").forEach((line) => { line.hidden = line.dataset.saidIf !== state; });
}

/** Listens as long as the round is here. */
export const enter = (ground) => followSteps(ground);
