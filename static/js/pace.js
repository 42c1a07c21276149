/** What only the clock changes on the remote: how late the hour is, and how long undo is offered. */
import { now } from "js/clock.js";
import { hear, page, say } from "js/words.js";

const MINUTE = 60000;

/** By how much (ms) the hour is late; below zero it is early, 0 where it is on time. */
function late({ since, to, late: fixed }) {
  if (fixed) return Number(fixed);
  const at = now();
  if (at > Number(to)) return at - Number(to);
  return Math.min(0, at - Number(since));
}

function told(ms) {
  const n = Math.trunc(Math.abs(ms) / MINUTE);
  if (n === 0) return say("on_time");
  const key = ms > 0 ? "late" : "early";
  return say(n === 1 ? `${key}_one` : `${key}_many`, { n });
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function drawPace(element) {
  const ms = late(element.dataset);
  element.classList.toggle("is-late", ms >= MINUTE);
  put(element.querySelector("[data-pace-late]"), told(ms));
  const end = new Date(Number(element.dataset.ends) + Math.max(0, ms));
  const time = end.toLocaleTimeString(page.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  put(element.querySelector("[data-pace-end]"), say("ends_at", { time }));
}

function drawUndo(button) {
  const left = Math.ceil((Number(button.dataset.until) - now()) / 1000);
  button.hidden = left <= 0;
  put(button.querySelector("[data-seconds-left]"), left > 0 ? `${left}` : "");
}

function draw(root = document) {
  root.querySelectorAll("[data-pace-late]").forEach((part) => drawPace(part.parentElement));
  root.querySelectorAll("[data-until]").forEach(drawUndo);
}

hear("coming", ({ root }) => draw(root));
setInterval(draw, 500, document);
draw();
