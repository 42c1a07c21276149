/** What the room sees happen: numbers that climb, rows that slide to their new places. */
import { hear, isCalm } from "js/words.js";

const CLIMB = 1100; // ms, of a number that is told
const GROW = 450; // of one that grows while it is watched
const main = document.getElementById("screen");
let page = "";
let counted = new Map();
const climbs = new WeakMap(); // of each number, the climb that it is in

const numbers = new Intl.NumberFormat(document.documentElement.lang);

const told = (spot) => Number(spot.textContent.replace(/\D/g, ""));

/** A number climbs to what it says; the place that it takes is that of its goal from the start. */
function climb(spot, from, ms) {
  const goal = told(spot);
  const start = performance.now();
  const mine = { goal, value: from, draw: () => { spot.textContent = numbers.format(mine.value); } };
  climbs.set(spot, mine);
  spot.style.minWidth = `${spot.getBoundingClientRect().width}px`;
  const step = (now) => {
    if (climbs.get(spot) !== mine) return; // another one is on its way
    const part = Math.min(1, Math.max(0, now - start) / ms);
    mine.value = Math.round(from + (goal - from) * (1 - (1 - part) ** 3));
    mine.draw();
    if (part < 1 && spot.isConnected) requestAnimationFrame(step);
    else stand(spot);
  };
  step(start);
}

/** It is what it says, from now on. */
function stand(spot) {
  climbs.delete(spot);
  spot.style.minWidth = "";
}

/** Each row starts from the place it had before the last round. */
function slide(list) {
  const rows = [...list.querySelectorAll("[data-was]")];
  const tops = rows.map((row) => row.offsetTop);
  const below = (tops.at(-1) ?? 0) + (rows.at(-1)?.offsetHeight ?? 0);
  rows.forEach((row, n) => {
    const was = Number(row.dataset.was);
    if (!was) return;
    const by = (tops[was - 1] ?? below) - tops[n];
    if (by) row.animate([{ transform: `translateY(${by}px)` }, {}], { duration: 900, delay: 900, fill: "backwards", easing: "cubic-bezier(.3,.1,.2,1)" });
  });
}

/** The reveal turned a page: what is on it comes in as it did on the first. */
function enterPage() {
  main.classList.remove("enters");
  void main.offsetWidth;
  main.classList.add("enters");
}

/** A count that grew climbs to what it is now, and gives a nod. */
function grow() {
  const now = new Map();
  main.querySelectorAll("[data-grows]").forEach((spot) => {
    const { grows: name } = spot.dataset;
    const [goal, on] = [told(spot), climbs.get(spot)];
    const before = on?.value ?? counted.get(name);
    now.set(name, goal);
    if (on?.goal === goal) on.draw(); // the same screen once more: it goes on
    else if (before < goal) {
      climb(spot, before, GROW);
      spot.animate([{ transform: "scale(1.12)" }, {}], 240);
    } else stand(spot);
  });
  counted = now;
}

hear("entered", () => {
  if (isCalm()) return;
  main.querySelectorAll("[data-climbs]").forEach((spot) => climb(spot, 0, CLIMB));
  main.querySelectorAll("[data-slides]").forEach(slide);
});
hear("shown", () => {
  const { page: at = "" } = main.querySelector("[data-page]")?.dataset ?? {};
  const isNext = page !== "" && at !== "" && page !== at;
  page = at;
  if (isCalm()) return;
  if (isNext) enterPage();
  grow();
});
