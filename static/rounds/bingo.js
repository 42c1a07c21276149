/** Bingo des canaux on the phone: a grid of squares; the one that is open has its form below. */
import { renew, withdraw } from "js/answers.js";
import { clear, restoreAll } from "js/draft.js";
import { isSecondTap } from "js/twice.js";

let here = { section: null, open: "", answers: {} };
const slotOf = (key) => `place:${key}`;

/** Draws my card. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  restoreAll(section);
  here = { ...here, section, answers };
  const keys = [...section.querySelectorAll("[data-square]")].map((square) => square.dataset.square);
  const isFilled = (key) => slotOf(key) in answers && answers[slotOf(key)].state !== "refused";
  const lines = linesOf(keys, Number(section.dataset.side)).filter((line) => line.every(isFilled));
  section.querySelectorAll("[data-square]").forEach((square) => drawSquare(square, isFilled, lines));
  section.querySelectorAll("[data-panel]").forEach((panel) => {
    panel.hidden = panel.dataset.panel !== here.open;
    panel.querySelector("[data-withdraw]").hidden = !(slotOf(panel.dataset.panel) in answers);
  });
  const filled = Object.keys(answers).filter((slot) => answers[slot].state !== "refused").length;
  write("[data-filled]", filled);
  write("[data-lines]", lines.length);
  showIf("[data-if-some]", filled > 0);
  showIf("[data-if-none]", filled === 0);
  showIf("[data-if-lines]", lines.length > 0);
}

const write = (where, number) => here.section.querySelectorAll(where).forEach((spot) => { spot.textContent = number; });
const showIf = (where, isShown) => here.section.querySelectorAll(where).forEach((spot) => { spot.hidden = !isShown; });

function drawSquare(square, isFilled, lines) {
  const { square: key } = square.dataset;
  square.dataset.state = here.answers[slotOf(key)]?.state ?? "";
  square.classList.toggle("is-line", lines.some((line) => line.includes(key)));
  square.querySelector(".bingo-tick").hidden = !isFilled(key);
  square.setAttribute("aria-expanded", String(key === here.open));
}

/** Rows, columns and both diagonals of a whole grid. */
function linesOf(keys, side) {
  if (keys.length < side * side) return [];
  const across = [...Array(side).keys()];
  const rows = across.map((y) => across.map((x) => keys[y * side + x]));
  const columns = across.map((x) => across.map((y) => keys[y * side + x]));
  return [...rows, ...columns, across.map((n) => rows[n][n]), across.map((n) => rows[n][side - 1 - n])];
}

function open(key) {
  here.open = key;
  draw(here.section, here.answers);
  const panel = here.section.querySelector(`[data-panel="${key}"]`);
  panel?.querySelector("input[name=name]").focus({ preventScroll: true });
  panel?.scrollIntoView({ block: "end", behavior: "smooth" });
}

function onClick(event) {
  const button = event.target.closest("button");
  if (!button || !here.section?.contains(button)) return;
  if (button.dataset.square) open(button.dataset.square === here.open ? "" : button.dataset.square);
  if (button.matches("[data-withdraw]") && isSecondTap(button)) takeBack(button);
}

function takeBack(button) {
  withdraw(button.form.dataset.answer, button);
  clear(button.form);
  renew(button.form);
}

/** Listens as long as the round is here. */
export function enter({ on, hear }) {
  here = { section: null, open: "", answers: {} };
  on("click", onClick);
  hear("sent", ({ slot }) => { if (slot === slotOf(here.open)) open(""); });
}
