/** Mémoire on the phone: the strip of one's own leads, and a form that takes thirty seconds. */
import { edit, renew, review, withdraw } from "js/answers.js";
import { restoreAll, save } from "js/draft.js";
import { fill, isBlank } from "js/form.js";
import { fillList } from "js/morph.js";
import { isSecondTap } from "js/twice.js";
import * as notes from "js/warm_notes.js";
import { isCalm, newId } from "js/words.js";

let known = {};
let noted = ""; // the slot that was filled last
let reminder = ""; // what was noted at home of whom is being written about

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
  drawNotes(section);
}

/** What was noted at home, each to be taken up or let go. */
function drawNotes(section) {
  const place = section.querySelector("[data-warm-notes]");
  if (!place) return;
  const all = notes.all();
  const row = place.querySelector("template[data-warm-note]");
  const form = section.querySelector("form[data-lead-form]");
  fillList(place.querySelector("ul"), all.map((note) => noteRow(row, note, Boolean(form))));
  place.hidden = !all.length;
  const line = section.querySelector("[data-reminder]");
  line.textContent = reminder;
  line.hidden = !reminder;
}

function noteRow(template, { id, name, note }, isWritten) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.dataset.note = id;
  item.querySelector("[data-name]").textContent = name;
  item.querySelector("[data-note]").textContent = note;
  item.querySelector("[data-take]").hidden = !isWritten;
  return item;
}

/** A note becomes a draft of the form; what was being typed there waits as one, too. */
function takeUp(form, { id, name, note }) {
  if (form.dataset.slot || !isBlank(form)) edit(form, `lead:${newId(8)}`, { name });
  else fill(form, { name });
  save(form);
  notes.drop(id);
  reminder = note;
  drawNotes(form.closest("[data-round]"));
  form.elements.name.focus();
}

function onNote(button, item) {
  const note = notes.all().find(({ id }) => id === item.dataset.note);
  const form = document.querySelector("form[data-lead-form]");
  if (note && form && button.matches("[data-take]")) takeUp(form, note);
  if (note && button.matches("[data-drop]") && isSecondTap(button)) {
    notes.drop(note.id);
    drawNotes(item.closest("[data-round]"));
  }
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

/** Brings what is to be typed next out from under the thumb's button. */
function showReached({ target }) {
  if (target.name !== "reach") return;
  const next = formOf(target)?.querySelector("[data-reach]:not([hidden])");
  next?.scrollIntoView({ block: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

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
  [noted, reminder] = [slot, ""];
  drawNotes(form.closest("[data-round]"));
  document.querySelectorAll("[data-just-noted]").forEach(offerMore);
  form.querySelectorAll("details").forEach((part) => { part.open = false; });
  scrollTo({ top: 0, behavior: "smooth" });
}

/** Listens as long as the round is here. */
export function enter({ on, hear }) {
  [known, noted, reminder] = [{}, "", ""];
  hear("editing", showEditing);
  hear("sent", closeDetails);
  ["input", "change", "filled"].forEach((name) => on(name, onForm));
  on("change", showReached);
  on("reset", (event) => setTimeout(() => onForm(event)));
  on("click", onClick);
}

function onClick(event) {
  const button = event.target.closest("button");
  const form = document.querySelector("form[data-lead-form]");
  const note = button?.closest("[data-warm-notes] li");
  if (note) return onNote(button, note);
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
