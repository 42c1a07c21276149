/** The people in the room: found by name, renamed. */
import { command } from "js/commands.js";
import { missing, showErrors } from "js/form.js";
import { openSheet } from "js/sheets.js";
import { hear, page } from "js/words.js";

const form = document.getElementById("rename-form");

const CALM = 300; // ms without a key before the server is asked
let asking = 0;

const field = () => document.getElementById("find");
const wanted = () => (field()?.value ?? "").trim().toLowerCase();

/** A room that fits is narrowed here; of a larger one the server knows who is not listed. */
function narrow() {
  const name = wanted();
  const ask = Boolean(name) && field().dataset.more !== undefined;
  const list = document.getElementById("people-list");
  if (!list) return;
  document.getElementById("people-found").hidden = !ask;
  list.hidden = ask;
  list.querySelectorAll(".person").forEach((person) => {
    person.hidden = !person.dataset.name.includes(name);
  });
  clearTimeout(asking);
  if (ask) asking = setTimeout(find, CALM, name);
}

async function find(name) {
  const answer = await fetch(`/remote/${page.workshop}/people?find=${encodeURIComponent(name)}`);
  if (answer.ok && name === wanted()) document.getElementById("people-found").innerHTML = await answer.text();
}

document.addEventListener("input", (event) => event.target.id === "find" && narrow());
hear("shown", narrow);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rename]");
  if (!button) return;
  form.dataset.player = button.dataset.rename;
  form.elements.nickname.value = button.dataset.nickname;
  openSheet("rename");
  form.elements.nickname.select();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const lacking = missing(form);
  if (Object.keys(lacking).length) return showErrors(form, lacking);
  const error = await command("rename", { player: form.dataset.player, nickname: form.elements.nickname.value });
  if (error) showErrors(form, error.fields ?? {}, error.text);
  else document.getElementById("rename").close();
});
