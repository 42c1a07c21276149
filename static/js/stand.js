/**
 * The screen of a stand. What a visitor typed goes into a queue under the id of its form, is thanked
 * for at once, and leaves when there is a line; then nothing of it stays here. A screen that nobody
 * touches cleans itself, having said so.
 */
import * as keep from "js/keep.js";
import { newId, page, words } from "js/words.js";

const THANKS = 8000;
const IDLE = 75000;
const WARNED = 20000;
const AGAIN = 15000;
const FRESH = 4000; // how long one waits for the server's word while the visitor still stands there
const form = document.querySelector("[data-visitor]");
const parts = { form: document.querySelector("[data-form-part]"), thanks: document.querySelector("[data-thanks]") };
const told = document.querySelector("[data-told]");
const idle = document.querySelector("[data-idle]");
const PREFIX = `sourcerie:stand:${page.stand}:`;
let timers = [];
let sending = false;

const MAIL = /^\S+@[^\s@]+\.[^\s@]{2,}$/;
const PHONE = /^\+?[\d\s().-]{6,}$/;

/** What is wrong with a form, by field, as far as a browser can tell. */
function faults({ name, mail, phone, agree }) {
  const found = {};
  if (!name.trim()) found.name = words.name;
  if (mail.trim() && !MAIL.test(mail.trim())) found.mail = words.mail;
  if (phone.trim() && !PHONE.test(phone.trim())) found.phone = words.phone;
  if (!mail.trim() && !phone.trim()) found.mail = words.reach;
  if (!agree) found.agree = words.agree;
  return found;
}

function tell(found, text = "") {
  let first = null;
  told.textContent = text;
  told.hidden = !text;
  for (const spot of form.querySelectorAll("[data-fault]")) {
    const text = found[spot.dataset.fault] ?? "";
    const field = form.elements[spot.dataset.fault];
    spot.textContent = text;
    spot.hidden = !text;
    spot.closest(".field").classList.toggle("has-error", Boolean(text));
    field.toggleAttribute("aria-invalid", Boolean(text));
    if (text) first ??= field;
  }
  first?.focus();
}

async function post(item) {
  const { fields, id, at, late } = item;
  const body = new URLSearchParams({ ...fields, page: id, at: String(at), ...(late && { late: "1" }) });
  const answer = await fetch(location.pathname + location.search, {
    method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit", signal: AbortSignal.timeout(FRESH * 3),
  });
  const word = await answer.json();
  return { ...word, isAgain: answer.status >= 500 || answer.status === 429, isWrong: answer.status === 422 && Object.keys(word.error?.fields ?? {}).length > 0 };
}

/** Sends what waits, oldest first, one after another; only what was taken, or can never be, goes. */
async function pump() {
  if (sending) return;
  sending = true;
  try {
    for (const key of keep.keys(PREFIX)) {
      const { ok, isAgain, isWrong } = await post({ ...keep.read(key), late: true });
      if (isAgain) break;
      if (ok || isWrong) keep.forget(key);
    }
  } catch {
    // no line: it is tried again
  }
  sending = false;
  document.querySelector("[data-waiting]").hidden = !keep.keys(PREFIX).length;
}

function clean() {
  timers.forEach(clearTimeout);
  timers = [];
  idle.hidden = true;
  if (location.search && navigator.onLine) return location.replace(location.pathname);
  form?.reset();
  if (form) tell({});
  form?.querySelectorAll("details").forEach((one) => { one.open = false; });
  parts.form.hidden = false;
  parts.thanks.hidden = true;
  window.scrollTo(0, 0);
  return null;
}

function thank() {
  form.reset();
  tell({});
  parts.form.hidden = true;
  parts.thanks.hidden = false;
  window.scrollTo(0, 0);
  parts.thanks.focus();
  timers.forEach(clearTimeout);
  timers = [setTimeout(clean, THANKS)];
}

/** A queue that cannot be kept would lose what it says is noted: then the server must answer first. */
async function take(item) {
  const key = PREFIX + String(item.at).padStart(15, "0") + item.id;
  keep.write(key, item);
  const word = await Promise.race([
    post(item).catch(() => null),
    new Promise((resolve) => { setTimeout(resolve, navigator.onLine ? FRESH : 0, null); }),
  ]);
  if (word && !word.ok && !word.isAgain) {
    keep.forget(key);
    const fields = word.error?.fields ?? {};
    tell(fields, Object.keys(fields).length ? "" : word.error?.text);
    return;
  }
  if (word?.ok) keep.forget(key);
  thank();
  pump();
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  const found = faults({ mail: "", phone: "", ...fields });
  tell(found);
  if (Object.keys(found).length) return;
  const button = form.querySelector("[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  delete fields.page;
  await take({ fields, id: newId(), at: Date.now() });
  button.disabled = false;
});

/** A visitor who walks away leaves nothing: first it is said, then it goes; a touch keeps it. */
function watch() {
  if (parts.form.hidden) return;
  timers.forEach(clearTimeout);
  idle.hidden = true;
  timers = [setTimeout(() => {
    if (!form || ![...new FormData(form)].some(([name, value]) => !["page", "notice"].includes(name) && value)) return clean();
    idle.hidden = false;
    timers = [setTimeout(clean, WARNED)];
    return null;
  }, IDLE)];
}

for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, watch, { passive: true });
document.querySelector("[data-next]").addEventListener("click", clean);
addEventListener("online", pump);
addEventListener("pageshow", ({ persisted }) => { if (persisted) clean(); }); // « back » brings nobody's words back
setInterval(pump, AGAIN);

const full = document.querySelector("[data-full]");
full.hidden = !document.fullscreenEnabled;
full.addEventListener("click", () => document.documentElement.requestFullscreen());
document.addEventListener("fullscreenchange", () => { full.hidden = Boolean(document.fullscreenElement); });

/** Without a line the very page comes from what was kept of it: the page, its script, its sheet. */
async function prepare() {
  const worker = await navigator.serviceWorker.register("worker.js");
  await navigator.serviceWorker.ready;
  const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=preload], script[src]")].map((one) => one.href || one.src);
  const pages = [location.pathname, ...[...document.querySelectorAll(".stand-langs a")].map((one) => location.pathname + new URL(one.href).search)];
  const cache = await caches.open("stand");
  await Promise.allSettled([...pages, ...files].map((one) => cache.add(one)));
  page.ready = "";
  return worker;
}

if ("serviceWorker" in navigator) prepare().catch(() => {});
watch();
pump();
