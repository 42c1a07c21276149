/**
 * Drafts: what is being typed in a form[data-draft] survives a reload, a lock, a flat battery.
 * A draft belongs to a round and a slot: { round, slot, answer, about, state: "draft" }.
 */
import * as keep from "js/keep.js";
import { about } from "js/about.js";
import { fill, isBlank, openFilled, read } from "js/form.js";
import { page, tell } from "js/words.js";

const ALL = `sourcerie:draft:${page.workshop}:${page.player ?? ""}:`;
const keyOf = ({ round, slot }) => `${ALL}${round}:${slot}`;

/** Where a form's text belongs; the slot of a new answer ends in a colon. */
export const placeOf = (form) => ({
  round: form.dataset.answer ? (form.closest("[data-round]")?.dataset.round ?? "") : "",
  slot: form.dataset.slot ?? form.dataset.answer ?? form.id,
});

/** Keeps what the form holds now, or forgets it if that is nothing. */
export function save(form) {
  const answer = read(form);
  const draft = isBlank(form) ? null : { ...placeOf(form), answer, about: about(form, answer), state: "draft" };
  keep.write(keyOf(placeOf(form)), draft);
  tell("drafted", form);
}

export const drop = (place) => keep.forget(keyOf(place));
export const clear = (form) => drop(placeOf(form));
export const draftOf = (form) => keep.read(keyOf(placeOf(form)))?.answer ?? null;
export const all = () => keep.all(ALL);

/** Brings a draft back into an untouched form; true if there was one. */
export function restore(form) {
  const draft = draftOf(form);
  if (!draft) return false;
  fill(form, draft);
  openFilled(form);
  return true;
}

/** Brings back the drafts of all forms that were not looked at yet. */
export function restoreAll(root = document) {
  if (!root.isConnected) return; // a form that is not on the page yet may never come there
  root.querySelectorAll("form[data-draft]:not([data-drafted])").forEach((form) => {
    form.dataset.drafted = "";
    restore(form);
  });
}

function touched(event) {
  const form = event.target.closest?.("form[data-draft]");
  if (form) save(form);
}

document.addEventListener("input", touched);
document.addEventListener("change", touched);
