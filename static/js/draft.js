/** Drafts: what is being typed in a form[data-draft] survives a reload, a lock, a flat battery. */
import * as keep from "js/keep.js";
import { fill, isBlank, read } from "js/form.js";
import { page } from "js/words.js";

const keyOf = (form) =>
  `sourcerie:draft:${page.workshop}:${page.player ?? ""}:${form.id}:${form.dataset.slot ?? "new"}`;

/** Keeps what the form holds now, or forgets it if that is nothing. */
export function save(form) {
  keep.write(keyOf(form), isBlank(form) ? null : read(form));
}

export const clear = (form) => keep.forget(keyOf(form));
export const draftOf = (form) => keep.read(keyOf(form));

/** Brings a draft back into an untouched form; true if there was one. */
export function restore(form) {
  const draft = draftOf(form);
  if (!draft) return false;
  fill(form, draft);
  return true;
}

/** Brings back the drafts of all forms that were not looked at yet. */
export function restoreAll(root = document) {
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
