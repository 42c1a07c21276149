/** The people in the room: found by name, renamed. */
import { command } from "js/commands.js";
import { missing, showErrors } from "js/form.js";
import { openSheet } from "js/sheets.js";
import { hear } from "js/words.js";

const form = document.getElementById("rename-form");

function narrow() {
  const wanted = (document.getElementById("find")?.value ?? "").trim().toLowerCase();
  document.querySelectorAll(".person").forEach((person) => {
    person.hidden = !person.dataset.name.includes(wanted);
  });
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
