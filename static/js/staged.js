/** What the room sees happen: numbers that climb, rows that slide to their new places. */
import { hear, isCalm } from "js/words.js";

const CLIMB = 1100; // ms
const main = document.getElementById("screen");
let page = "";
let counted = new Map();

const numbers = new Intl.NumberFormat(document.documentElement.lang);

function climb(spot) {
  const goal = Number(spot.textContent.replace(/\D/g, ""));
  const start = performance.now();
  const step = (now) => {
    const part = Math.min(1, (now - start) / CLIMB);
    spot.textContent = numbers.format(Math.round(goal * (1 - (1 - part) ** 3)));
    if (part < 1 && spot.isConnected) requestAnimationFrame(step);
  };
  step(start);
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

/** A count that grew gives a nod. */
function nod() {
  const now = new Map();
  main.querySelectorAll(".live-number").forEach((spot, n) => {
    now.set(n, spot.textContent);
    if (counted.has(n) && counted.get(n) !== spot.textContent) spot.animate([{ transform: "scale(1.12)" }, {}], 240);
  });
  counted = now;
}

hear("entered", () => {
  if (isCalm()) return;
  main.querySelectorAll("[data-climbs]").forEach(climb);
  main.querySelectorAll("[data-slides]").forEach(slide);
});
hear("shown", () => {
  const { page: at = "" } = main.querySelector("[data-page]")?.dataset ?? {};
  const isNext = page !== "" && at !== "" && page !== at;
  page = at;
  if (isCalm()) return;
  if (isNext) enterPage();
  nod();
});
