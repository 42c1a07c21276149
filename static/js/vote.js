/** A secret vote with a guess of the room: what stands is pressed, the guess comes after the vote. */
import { isCalm } from "js/words.js";

const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });

/** Draws the vote in `slot`, and the guess. `answers` maps slot -> { answer, state }. */
export function drawVote(section, answers, slot = "vote") {
  const chosen = answers[slot]?.answer.choice;
  const guessed = answers.guess?.answer.choice;
  section.querySelectorAll("[data-vote]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.vote === chosen));
  });
  section.querySelectorAll("[data-if-voted]").forEach((part) => offer(part, chosen !== undefined, guessed));
  section.querySelectorAll("[data-my-vote]").forEach((mark) => { mark.hidden = mark.dataset.myVote !== chosen; });
  drawGuess(section, guessed);
}

/** The guess comes after the vote, and into sight: on a small phone it would be below the fold. */
function offer(part, isVoted, guessed) {
  const isNew = part.hidden && isVoted && part.isConnected && guessed === undefined;
  part.hidden = !isVoted;
  if (isNew) part.scrollIntoView({ block: "start", behavior: isCalm() ? "auto" : "smooth" });
}

/** Marks what I had guessed, and writes the share beside its slider. */
export function drawGuess(section, guessed) {
  section.querySelectorAll("[data-my-guess]").forEach((mark) => { mark.hidden = mark.dataset.myGuess !== guessed; });
  section.querySelectorAll("input[type=range]").forEach(tellShare);
}

function tellShare(range) {
  const output = range.form?.querySelector("output");
  if (output) output.textContent = percent.format(range.value / 100);
}

/** The share follows the slider as long as the round is here. */
export function followShare({ on }) {
  on("input", (event) => event.target.matches("input[type=range]") && tellShare(event.target));
  on("filled", (event) => event.target.querySelectorAll("input[type=range]").forEach(tellShare));
}
