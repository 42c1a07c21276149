/** The door: says at the field what is wrong, and brings the game's script while one types. */
import "js/keyboard.js";
import * as keep from "js/keep.js";
import { missing, read, showErrors } from "js/form.js";
import * as draft from "js/draft.js";
import { words } from "js/words.js";

const form = document.getElementById("door");
const { next } = document.currentScript.dataset; // the script of the page behind the door

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
    if (told.ok) return enter();
    showErrors(form, told.error.fields ?? {}, told.error.text);
  } catch {
    showErrors(form, {}, words.no_server);
  }
  button.disabled = false;
}

function enter() {
  draft.clear(form);
  location.replace(location.pathname);
}

form?.addEventListener("submit", (event) => {
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
document.documentElement.dataset.scripts = ""; // what shows only while we have not come, goes
keep.sweep();
draft.restoreAll();
