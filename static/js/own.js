/** Short answers a player made themselves (places, experts): listed, corrected, taken back. */
import { edit, renew, review, withdraw } from "js/answers.js";
import { fillList } from "js/morph.js";
import { isSecondTap } from "js/twice.js";

/** Fills [data-own=<name>] with a row an answer, from template[data-own-row]. */
export function listOwn(section, answers, name, title) {
  const list = section.querySelector(`[data-own=${name}]`);
  const row = section.querySelector("template[data-own-row]");
  if (!list || !row) return;
  const items = Object.entries(answers).map(([slot, { answer, state }]) => {
    const item = row.content.firstElementChild.cloneNode(true);
    item.dataset.state = state;
    item.querySelector("[data-name]").textContent = title(answer);
    item.querySelector("[data-state-word]").textContent = item.dataset[state];
    item.querySelector("button").dataset.editOwn = slot;
    return item;
  });
  fillList(list, items);
}

/** Makes the answers that `all()` gives by slot editable in form[data-own-form=<name>], on this ground. */
export function editable({ on, hear }, name, all) {
  on("click", (event) => {
    const button = event.target.closest("button");
    const form = document.querySelector(`form[data-own-form=${name}]`);
    if (!button || !form) return;
    const found = all()[button.dataset.editOwn];
    if (found) bring(form, button.dataset.editOwn, found);
    if (!form.contains(button)) return;
    if (button.matches("[data-leave-edit]")) renew(form);
    if (button.matches("[data-withdraw]") && isSecondTap(button)) takeBack(form, button);
  });
  hear("editing", ({ form, slot }) => form.dataset.ownForm === name && showEditing(form, slot));
}

function bring(form, slot, { answer, error }) {
  if (error) review(form, answer, error);
  else edit(form, slot, answer);
}

function takeBack(form, button) {
  withdraw(form.dataset.slot, button);
  renew(form);
}

function showEditing(form, slot) {
  if (slot) form.closest("details")?.setAttribute("open", "");
  form.querySelectorAll("[data-if-editing]").forEach((part) => { part.hidden = !slot; });
  form.querySelectorAll("[data-if-new]").forEach((part) => { part.hidden = Boolean(slot); });
  if (slot) form.scrollIntoView({ block: "center", behavior: "smooth" });
}
