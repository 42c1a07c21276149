/** The desk: keys press what the page shows, and the next lead comes without a new page. */
import { announce } from "js/announce.js";
import { show as open } from "js/layer.js";
import { areOn } from "js/shortcuts.js";
import { tell } from "js/words.js";

const main = document.getElementById("page");
const isTyping = (target) => Boolean(target.closest("textarea, select, dialog[open], input:not([type=checkbox], [type=radio])"));
let isBusy = false;

document.documentElement.dataset.live = "";

/** What a key is called: a digit by its place, so that it needs no Shift on a French keyboard. */
const named = ({ code, key }) => /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? key.toLowerCase();

function keyed(name) {
  return [...main.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(name));
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areOn()) return;
  const found = event.key === "?" ? keyed("?") : keyed(named(event));
  if (!found) return;
  event.preventDefault();
  found.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) open(document.getElementById("help"), event.target.closest("[data-help]"));
  const link = event.target.closest("[data-live] a[data-key]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text.value);
    button.textContent = button.dataset.done;
  } catch {
    text.select(); // then a key copies it
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-live] form");
  if (!form || form.method !== "post") return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  go(form.action, { method: "POST", body });
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-shortcuts]")) mark();
  if (target.matches("[data-all]")) main.querySelectorAll("[name=lead]").forEach((one) => (one.checked = target.checked));
});

addEventListener("popstate", () => go(location.href, {}, false));

/** Shows what an address answers in the place of this page; anything unusual is the browser's to show. */
async function go(address, options = {}, isNew = true) {
  if (isBusy) return;
  isBusy = true;
  try {
    const answer = await fetch(address, { ...options, redirect: "follow" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("page");
    if (!fresh?.querySelector(".review")) throw new Error("another page");
    show(fresh, answer, isNew);
  } catch {
    if (options.method) location.reload();
    else location.assign(address);
  } finally {
    isBusy = false;
  }
}

/** What was done last, as its way back has it: which act, and in words. */
const done = () => ({ act: main.querySelector(".way-back [name=act]")?.value, said: main.querySelector(".way-back span")?.textContent });

function show(fresh, answer, isNew) {
  const before = done();
  fresh.querySelectorAll(".said[role=status]").forEach((one) => one.removeAttribute("role")); // the one voice reads it
  main.replaceChildren(...fresh.childNodes);
  if (answer.ok && isNew && answer.url !== location.href) history.pushState(null, "", answer.url);
  tell("coming", { root: main });
  mark();
  scrollTo({ top: 0 });
  const at = main.querySelector("[role=alert]") ? main.querySelector(".chips button, textarea") : main.querySelector("h1");
  at?.focus({ preventScroll: true });
  const now = done();
  announce(main.querySelector(".said")?.textContent ?? (now.act === before.act ? "" : now.said));
}

/** Keys that do nothing are not shown. */
function mark() {
  main.classList.toggle("shortcuts-off", !areOn());
}

mark();

// on a phone the menu is wider than the screen: it begins where one is
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
