/** Profil ou pas on the phone: one card at a time by swipe, button or key, then what decided. */
import { announce } from "js/announce.js";
import { give } from "js/answers.js";
import { restoreAll } from "js/draft.js";
import { editable, listOwn } from "js/own.js";
import { areOn } from "js/shortcuts.js";
import { isCalm } from "js/words.js";

const FAR = 90; // px of a swipe that counts
let deck = null; // { section, answers, index, choice, isTurned }
let drag = null;
let places = {};

/** Draws the deck, or at the reveal what I had said. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  restoreAll(section);
  places = Object.fromEntries(Object.entries(answers).filter(([slot]) => slot.startsWith("place:")));
  listOwn(section, places, "place", ({ name }) => name);
  if (section.dataset.phase !== "open") return reveal(section, answers);
  const isSame = deck?.round === section.dataset.round;
  deck = { index: -1, choice: null, ...(isSame ? deck : {}), section, answers, round: section.dataset.round };
  if (!deck.isTurned) deck.index = firstOpen(); // what was said before a reload comes after the page
  place();
}

const cards = () => [...deck.section.querySelectorAll("[data-card]")];
const stampOf = (card) => deck.leaving?.key === card.dataset.card ? deck.leaving.choice : "";
const saidOf = (card) => deck.answers[`card:${card.dataset.card}`]?.answer;

function firstOpen() {
  const found = cards().findIndex((card) => !saidOf(card));
  return found < 0 ? cards().length : found;
}

function place() {
  const all = cards();
  const current = all[deck.index];
  const isHeld = (card) => card.dataset.card === drag?.card.dataset.card; // under a finger: it stays there
  all.forEach((card, n) => {
    card.hidden = n !== deck.index;
    if (!isHeld(card)) card.style.transform = "";
    card.dataset.choice = isHeld(card) ? (drag.card.dataset.choice ?? "") : n === deck.index ? (deck.choice ?? stampOf(card)) : "";
  });
  const said = current && saidOf(current);
  const choice = deck.choice ?? said?.choice ?? "";
  const part = (name) => deck.section.querySelector(`[data-part=${name}]`);
  part("judge").hidden = !current || Boolean(deck.choice);
  part("decide").hidden = !deck.choice;
  part("done").hidden = Boolean(current);
  part("progress").hidden = !current;
  deck.section.querySelectorAll("[data-criterion]").forEach((chip) => {
    chip.setAttribute("aria-pressed", String(Boolean(said) && said.criterion === chip.dataset.criterion && said.choice === choice));
  });
  deck.section.querySelectorAll("[data-choose]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.choose === choice));
  });
  const word = part("decide").querySelector(`[data-word=${choice || "keep"}]`);
  part("decide").querySelectorAll("[data-word]").forEach((text) => { text.hidden = text !== word; });
  const done = all.filter(saidOf).length;
  deck.section.querySelectorAll("[data-done]").forEach((spot) => { spot.textContent = done; });
  deck.section.querySelector("[data-at]").textContent = Math.min(deck.index + 1, all.length);
  const bar = deck.section.querySelector("progress");
  bar.value = deck.index;
  deck.section.querySelector("[data-go=back]").disabled = deck.index === 0;
}

/** Shows the card that is next, and reads which it is. */
function turnTo(index) {
  deck.isTurned = true;
  deck.index = Math.max(0, Math.min(cards().length, index));
  place();
  announce(cards()[deck.index]?.querySelector("h2").textContent);
}

function choose(choice) {
  hurry();
  deck.isTurned = true;
  deck.choice = choice;
  place();
  deck.section.querySelector("[data-part=decide] [data-criterion]")?.focus({ preventScroll: true });
}

const wordFor = (choice) => deck.section.querySelector(`.stamp-${choice}`).textContent;

function decide(criterion, from) {
  const card = cards()[deck.index];
  const slot = `card:${card.dataset.card}`;
  const answer = { slot, choice: deck.choice, criterion };
  const leaving = card;
  deck.answers[slot] = { answer, state: "kept" };
  deck.leaving = { key: card.dataset.card, choice: deck.choice }; // its stamp goes with it, in sight
  const away = deck.choice === "keep" ? 1 : -1;
  deck.choice = null;
  give(answer, from, [card.querySelector("h2").textContent, wordFor(answer.choice), from.textContent.trim()]);
  deck.next = () => {
    deck.next = deck.leaving = null;
    turnTo(deck.index + 1);
  };
  slide(leaving, away, deck.next);
}

/** Whoever is quicker than a card leaves has the next one at once, and no card is passed over. */
const hurry = () => deck.next?.();

function slide(card, away, next) {
  const then = () => { if (deck?.next === next) next(); };
  if (isCalm() || !card.animate) return then();
  const gone = { transform: `translateX(${away * 110}%) rotate(${away * 7}deg)`, opacity: 0 };
  card.animate([{}, gone], { duration: 190, easing: "ease-in" }).finished.then(then, then);
}

function go(step) {
  hurry();
  deck.choice = null;
  turnTo(deck.index + step);
}

/** At the reveal: what I had said, beside the answer set beforehand. */
function reveal(section, answers) {
  let right = 0;
  section.querySelectorAll("[data-gold]").forEach((card) => {
    const said = answers[`card:${card.dataset.key}`]?.answer;
    const isRight = said?.choice === card.dataset.gold;
    right += isRight ? 1 : 0;
    card.querySelectorAll("[data-said]").forEach((part) => {
      part.hidden = part.dataset.said !== (said ? (isRight ? "right" : "other") : "none");
    });
  });
  section.querySelectorAll("[data-right]").forEach((spot) => { spot.textContent = right; });
  const hasJudged = Object.keys(answers).some((slot) => slot.startsWith("card:"));
  section.querySelectorAll("[data-if-judged]").forEach((line) => { line.hidden = !hasJudged; });
  section.querySelectorAll("[data-if-unjudged]").forEach((line) => { line.hidden = hasJudged; });
}

const isOpen = () => deck?.section.isConnected && deck.section.dataset.phase === "open";

function onClick(event) {
  const button = event.target.closest("button");
  if (!button || !isOpen()) return;
  if (button.dataset.choose) choose(button.dataset.choose);
  if (button.dataset.criterion && deck.choice) decide(button.dataset.criterion, button);
  if (button.dataset.go === "back") go(-1);
  if (button.dataset.go === "undo") choose(null);
  if (button.dataset.go === "first") go(-cards().length);
}

function onKey(event) {
  if (!areOn() || !isOpen() || event.target.closest("input, textarea, select, dialog") || event.altKey || event.ctrlKey) return;
  if (!cards()[deck.next ? deck.index + 1 : deck.index]) return;
  if (event.key === "ArrowRight") choose("keep");
  else if (event.key === "ArrowLeft") choose("pass");
  else if (event.key === "Escape") choose(null);
}

function onDown(event) {
  const card = event.target.closest("[data-card]");
  if (!isOpen() || !card || deck.leaving) return;
  deck.isTurned = true;
  drag = { card, x: event.clientX, y: event.clientY, by: 0 };
}

function onMove(event) {
  if (!drag) return;
  drag.by = event.clientX - drag.x;
  if (Math.abs(drag.by) < 8) return;
  drag.card.style.transform = `translateX(${drag.by}px) rotate(${drag.by / 30}deg)`;
  drag.card.dataset.choice = drag.by > 40 ? "keep" : drag.by < -40 ? "pass" : "";
}

function drop() {
  if (!drag) return;
  const { card, by } = drag;
  drag = null;
  card.style.transform = "";
  card.dataset.choice = "";
  if (Math.abs(by) >= FAR) choose(by > 0 ? "keep" : "pass");
}

/** Listens as long as the round is here. */
export function enter(ground) {
  const { on } = ground;
  [deck, drag, places] = [null, null, {}];
  on("click", onClick);
  on("keydown", onKey, document);
  on("pointerdown", onDown);
  on("pointermove", onMove, document);
  on("pointerup", drop, document);
  on("pointercancel", drop, document);
  editable(ground, "place", () => places);
}
