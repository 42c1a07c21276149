/** The line under the header: off line, a server that catches up, and that all is well again. */
import { isLasting } from "js/keep.js";
import { waiting } from "js/outbox.js";
import { hear, say } from "js/words.js";

const GRACE = 1200; // ms: a blink of the network is not worth a word
const line = document.getElementById("link-state");
let state = "on";
let timer = 0;

function text() {
  if (state === "behind") return say("behind");
  const n = waiting().length;
  if (state !== "off") return "";
  if (!n) return say("offline");
  if (!isLasting()) return say("offline_fleeting", { n });
  return say(n === 1 ? "offline_one" : "offline_many", { n });
}

function draw() {
  const words = text();
  const wasOff = !line.hidden && !line.classList.contains("is-back");
  if (words) {
    line.textContent = words;
    line.classList.remove("is-back");
    line.hidden = false;
  } else if (wasOff && state === "on") {
    line.textContent = say("back");
    line.classList.add("is-back");
    setTimeout(() => { line.hidden = state === "on"; }, 1800);
  }
}

hear("line", (now) => {
  state = now;
  document.documentElement.dataset.link = now;
  clearTimeout(timer);
  timer = setTimeout(draw, now === "on" ? 0 : GRACE);
});
hear("outbox", () => state === "off" && draw());
