/** form[data-answer]: what it holds goes into the outbox; what is refused comes back to it. */
import { clearErrors, fill, isBlank, missing, read, showErrors } from "js/form.js";
import * as draft from "js/draft.js";
import * as outbox from "js/outbox.js";
import { startFrom } from "js/points.js";
import { toast } from "js/toast.js";
import { hear, newId, page, tell, words } from "js/words.js";

const screen = document.getElementById("screen");

/** Gives an answer to the current round; `from` is the element that the points will fly from. */
export function give(answer, from) {
  startFrom(from);
  outbox.add(screen.dataset.round, answer);
  if (document.documentElement.dataset.link === "off") toast(words.kept, [], "kept");
}

/** Takes an answer back, whether it was sent already or not. */
export function withdraw(slot, from) {
  outbox.settle(slot);
  if (!outbox.takeBack(slot)) give({ slot, withdraw: true }, from);
}

/** Brings an answer into its form, to be corrected; what was being typed there waits as a draft. */
export function edit(form, slot, answer) {
  draft.save(form);
  form.reset();
  clearErrors(form);
  form.dataset.slot = slot;
  fill(form, answer);
  tell("editing", { form, slot });
}

/** Leaves the correction, and brings back what was being typed before. */
export function renew(form) {
  form.reset();
  clearErrors(form);
  delete form.dataset.slot;
  fill(form, draft.draftOf(form) ?? {});
  tell("editing", { form, slot: null });
}

function send(form) {
  const lacking = missing(form);
  if (Object.keys(lacking).length) return showErrors(form, lacking);
  clearErrors(form);
  const { answer: prefix } = form.dataset;
  const slot = form.dataset.slot ?? (prefix.endsWith(":") ? prefix + newId(8) : prefix);
  give({ ...read(form), slot }, form.querySelector("[type=submit]"));
  draft.clear(form);
  if (prefix.endsWith(":")) renew(form);
  document.activeElement?.blur?.();
  tell("sent", { form, slot });
}

/** The form of a slot: its own, or the one that makes slots of this kind. */
const formOf = (slot) =>
  [...screen.querySelectorAll("form[data-answer]")].find(
    (form) => slot === form.dataset.answer || (form.dataset.answer.endsWith(":") && slot.startsWith(form.dataset.answer)),
  );

hear("refused", ({ entry, error }) => {
  const form = entry.round === screen.dataset.round ? formOf(entry.answer.slot) : null;
  if (!form || entry.answer.withdraw) return toast(error.text, [], "bad");
  const busy = !isBlank(form) && form.dataset.slot !== entry.answer.slot;
  if (busy && form.dataset.answer.endsWith(":")) return toast(error.text, [], "bad");
  review(form, entry.answer, error);
});

/** Shows a refused answer in its form, each fault at its field. */
export function review(form, answer, error) {
  if (form.dataset.answer.endsWith(":")) edit(form, answer.slot, answer);
  else fill(form, answer);
  showErrors(form, error.fields ?? {}, error.text);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-answer]");
  if (!form || !page.player) return;
  event.preventDefault();
  send(form);
});
