/** The door: joins without leaving the page, and says at the field what is wrong. */
import { missing, read, showErrors } from "js/form.js";
import * as draft from "js/draft.js";
import { words } from "js/words.js";

const form = document.getElementById("door");

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
