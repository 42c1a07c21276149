/** Type that grows until it fills its place: --fit of each [data-fit], as large as nothing is cut. */
import { hear } from "js/words.js";

const LEAST = 0.4; // below it the sheet's own floors hold
const MOST = 1.7;
const STEPS = 7;

const holds = (box) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;

function fits(box, size) {
  box.style.setProperty("--fit", size.toFixed(3));
  return holds(box);
}

function fit(box) {
  if (!box.clientHeight || fits(box, MOST)) return;
  let [low, high] = [LEAST, MOST];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (fits(box, middle)) low = middle;
    else high = middle;
  }
  fits(box, low);
}

/** Of [data-whole], items that would be cut are not shown at all. */
function keepWhole(list) {
  const around = list.closest("[data-fit]") ?? list;
  const end = around.getBoundingClientRect().bottom + 1;
  for (const item of list.children) item.classList.toggle("is-over", item.getBoundingClientRect().bottom > end);
}

/** Fits all there is on the page. */
export function fitAll() {
  document.querySelectorAll("[data-fit]").forEach(fit);
  document.querySelectorAll("[data-whole]").forEach(keepWhole);
}

["shown", "turned"].forEach((news) => hear(news, fitAll));
addEventListener("resize", fitAll);
document.fonts.ready.then(fitAll);
fitAll();
