/** The line under the header: off line, a server that catches up, and that all is well again. */
import { announce } from "js/announce.js";
import { isLasting } from "js/keep.js";
import { waiting } from "js/outbox.js";
import { hear, say } from "js/words.js";

const GRACE = 1200; // ms: a blink of the network is not worth a word
const line = document.getElementById("link-state");
let state = "on";
let transport = "websocket";
let timer = 0;

function text() {
  if (state === "behind") return say(isLasting() ? "behind" : "behind_fleeting");
  const n = waiting().length;
  if (state !== "off") return "";
  if (!n) return say("offline");
  if (!isLasting()) return say("offline_fleeting", { n });
  return say(n === 1 ? "offline_one" : "offline_many", { n });
}

function put(words, look = "") {
  if (line.textContent === words && line.className === `link-state ${look}`) return;
  line.textContent = words;
  line.className = `link-state ${look}`;
  line.hidden = !words;
  announce(words);
}

const isTold = () => !line.hidden && !line.classList.contains("is-quiet");

/** All is well: nothing is said, or quietly that it is the slower of the two ways. */
const rest = () => state === "on" && put(transport === "polling" ? say("polling") : "", "is-quiet");

function draw() {
  const words = text();
  if (words) return put(words);
  if (state !== "on" || line.classList.contains("is-back")) return;
  if (!isTold()) return rest();
  put(say("back"), "is-back");
  setTimeout(rest, 1800);
}

hear("line", (now) => {
  state = now;
  document.documentElement.dataset.link = now;
  clearTimeout(timer);
  timer = setTimeout(draw, now === "on" ? 0 : GRACE);
});
hear("outbox", () => state === "off" && draw());
hear("transport", (name) => {
  transport = name;
  line.dataset.transport = name;
  draw();
});
