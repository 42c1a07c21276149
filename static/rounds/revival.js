/** Vivier vivant on the phone: my plan in its form, and at the reveal beside the room's. */
import { restoreAll } from "js/draft.js";

/** Draws my plan. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  restoreAll(section);
  const { move, delay } = answers.plan?.answer ?? {};
  section.querySelectorAll("[data-my]").forEach((mark) => { mark.hidden = ![move, delay].includes(mark.dataset.my); });
}
