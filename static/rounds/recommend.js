/** Mémoire on the phone: the strip of one's own leads, and a form that takes thirty seconds. */
import { edit, renew, review, withdraw } from "js/answers.js";
import { restoreAll } from "js/draft.js";
import { fillList } from "js/morph.js";
import { isSecondTap } from "js/twice.js";

let known = {};
let noted = ""; // the slot that was filled last

/** The answer as the form names things: what came back from the server says mail, phone or link. */
function typed(answer) {
  const value = answer.reach_value ?? answer[answer.reach] ?? "";
  return { ...answer, reach_value: value };
}

/** Draws my own leads. `answers` maps slot -> { answer, state, error }. */
export function draw(section, answers) {
  known = Object.fromEntries(Object.entries(answers).filter(([slot]) => slot.startsWith("lead:")));
  const row = section.querySelector("template[data-lead]");
  const slots = Object.keys(known);
  section.querySelectorAll("[data-leads]").forEach((list) => {
    fillList(list, slots.map((slot) => leadRow(row, slot, list.dataset.leads)));
  });
  section.querySelectorAll("[data-lead-count]").forEach((spot) => { spot.textContent = slots.length; });
  section.querySelectorAll("[data-if-leads]").forEach((part) => { part.hidden = !slots.length; });
  restoreAll(section);
  section.querySelectorAll("form[data-lead-form]").forEach(follow);
  section.querySelectorAll("[data-just-noted]").forEach(offerMore);
}

/** Under a name just noted: what else can be said of it, and what that brings. */
function offerMore(place) {
  const { answer } = known[noted] ?? {};
  const adds = [...place.querySelectorAll("[data-adds]")];
  adds.forEach((line) => { line.hidden = isSaid(answer ?? {}, line.dataset.adds); });
  place.hidden = !answer || adds.every((line) => line.hidden);
  place.querySelector("[data-name]").textContent = answer?.name ?? "";
}

function isSaid(answer, field) {
  if (field === "reason") return Boolean(answer.reason || answer.reasons?.length);
  return Array.isArray(answer[field]) ? answer[field].length > 0 : Boolean(answer[field]);
}

function leadRow(template, slot, mode) {
  const { answer, state } = known[slot];
  const item = template.content.firstElementChild.cloneNode(true);
  const button = item.querySelector("button");
  item.dataset.state = state;
  item.querySelector("[data-name]").textContent = answer.name;
  item.querySelector("[data-state-word]").textContent = item.dataset[state];
  button.dataset.edit = slot;
  button.disabled = mode === "read";
  return item;
}

/** Shows the field that fits how to reach them, and how many signs of the reason are left. */
function follow(form) {
  const reach = form.elements.reach.value;
  form.querySelectorAll("[data-reach]").forEach((field) => {
    const isWanted = field.dataset.reach.split(" ").includes(reach);
    field.hidden = !isWanted;
  });
  const value = form.elements.reach_value;
  const choice = form.querySelector(`[name=reach][value="${reach}"]`);
  if (choice?.dataset.mode) {
    value.inputMode = choice.dataset.mode;
    value.placeholder = choice.dataset.example;
    value.autocomplete = "off";
  }
  const left = form.querySelector("[data-left]");
  if (left) left.textContent = 140 - form.elements.reason.value.length;
}

const formOf = (target) => target.closest?.("form[data-lead-form]");
const onForm = (event) => { if (formOf(event.target)) follow(formOf(event.target)); };

function showEditing({ form, slot }) {
  if (!form.matches("[data-lead-form]")) return;
  form.classList.toggle("is-editing", Boolean(slot));
  form.querySelectorAll("[data-if-editing]").forEach((part) => { part.hidden = !slot; });
  form.querySelectorAll("[data-if-new]").forEach((part) => { part.hidden = Boolean(slot); });
  openOthers(form);
  follow(form);
}

/** What is chosen is to be seen. */
function openOthers(form) {
  const chosen = form.querySelector("[name=relationship]:checked");
  form.querySelectorAll(".others").forEach((others) => { if (others.contains(chosen)) others.open = true; });
}

function closeDetails({ form, slot }) {
  if (!form.matches("[data-lead-form]")) return;
  noted = slot;
  document.querySelectorAll("[data-just-noted]").forEach(offerMore);
  form.querySelectorAll("details").forEach((part) => { part.open = false; });
  scrollTo({ top: 0, behavior: "smooth" });
}

/** Listens as long as the round is here. */
export function enter({ on, hear }) {
  [known, noted] = [{}, ""];
  hear("editing", showEditing);
  hear("sent", closeDetails);
  ["input", "change", "filled"].forEach((name) => on(name, onForm));
  on("reset", (event) => setTimeout(() => onForm(event)));
  on("click", onClick);
}

function onClick(event) {
  const button = event.target.closest("button");
  const form = document.querySelector("form[data-lead-form]");
  if (!button || !form) return;
  if (button.dataset.edit && known[button.dataset.edit]) open(form, button.dataset.edit);
  if (button.matches("[data-deepen]") && known[noted]) deepen(form);
  if (button.matches("[data-leave-edit]")) renew(form);
  if (button.matches("[data-withdraw]") && isSecondTap(button)) {
    withdraw(form.dataset.slot, button);
    renew(form);
  }
}

function deepen(form) {
  open(form, noted);
  form.querySelector(".more").open = true;
  form.elements.role.focus();
}

function open(form, slot) {
  const { answer, error } = known[slot];
  if (error) review(form, typed(answer), error);
  else edit(form, slot, typed(answer));
  form.scrollIntoView({ block: "start", behavior: "smooth" });
}
