/** The door: joins without leaving the page, and says at the field what is wrong. */
import { missing, read, showErrors } from "js/form.js";
import * as draft from "js/draft.js";
import { words } from "js/words.js";

const form = document.getElementById("door");

async function join() {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(read(form)),
    });
    const told = await answer.json();
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
