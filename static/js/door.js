/** The door: says at the field what is wrong, and turns into the game's page where it stands. */
import "js/keyboard.js";
import * as keep from "js/keep.js";
import { missing, read, showErrors } from "js/form.js";
import { goToHeading } from "js/heading.js";
import { words } from "js/words.js";
import "js/door_signs.js";

const root = document.documentElement;
const form = document.getElementById("door");
const { next } = document.currentScript.dataset; // the script of the game's page
const FIRST = 500; // ms before that script is asked for again, twice as long each time
const LAST = 16000;

const send = () =>
  fetch(form.action, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(read(form)),
  }).then((answer) => answer.json());

/** A browser whose cookies were wiped meanwhile is given one with the first refusal. */
async function ask() {
  const told = await send();
  return told.error?.code === "no_cookies" ? send() : told;
}

async function join() {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const told = await ask();
    if (told.waiting) return location.reload();
    if (told.ok) return enter(told.page);
    if (told.token) form.elements.page.value = told.token; // the one it had is used up
    showErrors(form, told.error.fields ?? {}, told.error.text);
  } catch {
    showErrors(form, {}, words.no_server);
  }
  button.disabled = false;
}

/** The game's page takes the place of the door's: no second one is asked for. */
function enter(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  delete root.dataset.scripts; // its forms work as they are until its script has come
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  scrollTo({ top: 0 });
  goToHeading();
  run(FIRST);
}

/** Runs the game's script, however often the network has to be asked for it. */
function run(pause) {
  const script = Object.assign(document.createElement("script"), { src: next });
  script.addEventListener("error", () => {
    script.remove();
    setTimeout(run, pause, Math.min(LAST, 2 * pause));
  });
  document.head.append(script);
}

form?.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // by the company's account: a page of its own
  event.preventDefault();
  const lacking = missing(form);
  if (Object.keys(lacking).length) showErrors(form, lacking);
  else join();
});

form?.elements.nickname?.addEventListener("focus", (event) => event.target.select());

/** The door alone is light; who comes in finds the rest there already. */
function bring() {
  const hint = Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: next });
  document.head.append(hint);
}

form?.addEventListener("pointerdown", bring, { once: true });
form?.addEventListener("focusin", bring, { once: true });
root.dataset.scripts = ""; // what shows only while we have not come, goes
keep.sweep();
