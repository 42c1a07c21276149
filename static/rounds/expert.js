/** L'expert on the phone: a secret vote at one tap, then a guess of the room; or a nomination. */
import { restoreAll } from "js/draft.js";
import { editable, listOwn } from "js/own.js";

let known = {};

/** Draws my vote, my guess and my nominations. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  known = Object.fromEntries(Object.entries(answers).filter(([slot]) => slot.startsWith("expert:")));
  listOwn(section, known, "expert", ({ nominee, subject }) => [nominee, subject].filter(Boolean).join(" · "));
  showVote(section, answers.vote?.answer);
  showGuess(section, answers.guess?.answer);
  restoreAll(section);
  section.querySelectorAll("input[type=range]").forEach(tellShare);
}

function showVote(section, vote) {
  section.querySelectorAll("[data-vote]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.vote === vote?.choice));
  });
  section.querySelectorAll("[data-if-voted]").forEach((part) => { part.hidden = !vote; });
  section.querySelectorAll("[data-my-vote]").forEach((mark) => {
    mark.hidden = mark.dataset.myVote !== vote?.choice;
  });
}

function showGuess(section, guess) {
  section.querySelectorAll("[data-my-guess]").forEach((mark) => {
    mark.hidden = mark.dataset.myGuess !== guess?.choice;
  });
  section.querySelectorAll("[data-if-guessed]").forEach((part) => { part.hidden = !guess; });
}

function tellShare(range) {
  const output = range.form?.querySelector("output");
  if (output) output.textContent = `${range.value} %`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("input[type=range]")) tellShare(event.target);
});

document.addEventListener("filled", (event) => event.target.querySelectorAll("input[type=range]").forEach(tellShare));

editable("expert", () => known);
