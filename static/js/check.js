/** The room check: looks by itself at what a page can look at, and says how many of five are well. */
import { play, wake } from "js/tones.js";
import { comesThrough } from "js/websocket.js";
import { say } from "js/words.js";

const list = document.querySelector("[data-checks]");
const PATIENCE = 4000; // ms for a WebSocket
const EVERY = 2000; // ms between looks
const SLOW = 250; // ms for a request, from which it is felt
const TIMES = 10; // a QR code is read from ten times its size

const line = (name) => list.querySelector(`[data-check=${name}]`);

function put(name, state, text) {
  const one = line(name);
  one.dataset.state = state;
  const found = one.querySelector("[data-check-found]");
  if (found.textContent !== text) found.textContent = text;
  const all = [...list.children];
  const well = all.filter(({ dataset }) => dataset.state === "ok").length;
  const sum = document.querySelector("[data-check-sum]");
  sum.textContent = well === all.length ? say("ready") : say("some", { n: well, of: all.length });
}

async function look() {
  const { phone, projectors } = await (await fetch(list.dataset.found, { cache: "no-store" })).json();
  const time = phone && new Date(phone).toLocaleTimeString(list.dataset.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  put("phone", phone ? "ok" : line("phone").dataset.state === "bad" ? "bad" : "wait", phone ? say("phone_ok", { time }) : say("phone_wait"));
  put("screen", projectors ? "ok" : "wait", say(projectors ? "screen_ok" : "screen_wait"));
}

const lobby = list.querySelector("[data-check-lobby]");

/** How large the code stands in the picture, as a share of its width; measured, not assumed. */
function share() {
  const code = lobby.contentDocument?.querySelector(".qr");
  return code ? code.getBoundingClientRect().width / lobby.contentWindow.innerWidth : 0;
}

function measure() {
  const wide = Number(list.querySelector("[data-check-width]").value);
  const row = Number(list.querySelector("[data-check-far]").value);
  const far = Math.floor(TIMES * wide * share() * 10) / 10;
  if (far > 0) put("qr", far >= row ? "ok" : "bad", say(far >= row ? "qr_ok" : "qr_bad", { far }));
}

async function ping() {
  const took = [];
  for (let n = 0; n < 4; n += 1) {
    const began = performance.now();
    await fetch("/healthz", { cache: "no-store" });
    took.push(performance.now() - began);
  }
  return Math.round(Math.min(...took));
}

async function tryLine() {
  try {
    const ms = await ping();
    if (!(await comesThrough(PATIENCE))) return put("line", "ok", say("line_polling", { ms }));
    return put("line", ms > SLOW ? "bad" : "ok", say(ms > SLOW ? "line_slow" : "line_ok", { ms }));
  } catch {
    return put("line", "bad", say("line_bad"));
  }
}

function tryTone() {
  wake();
  play([660], { loud: 0.3, lasts: 1 });
  list.querySelector("[data-check-heard]").hidden = false;
}

list.addEventListener("input", measure);
list.addEventListener("click", ({ target }) => {
  if (target.closest("[data-check-play]")) tryTone();
  else if (target.closest("[data-check-yes]")) put("sound", "ok", say("sound_ok"));
  else if (target.closest("[data-check-no]")) put("sound", "bad", say("sound_bad"));
});
lobby.addEventListener("load", measure);
put("sound", "wait", say("sound_wait"));
measure();
tryLine();
look();
setInterval(() => look().catch(() => put("line", "bad", say("line_bad"))), EVERY);
