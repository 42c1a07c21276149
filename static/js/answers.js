/** form[data-answer]: what it holds goes into the outbox; what is refused comes back to it. */
import { about } from "js/about.js";
import { clearErrors, fill, isBlank, missing, read, showErrors } from "js/form.js";
import * as draft from "js/draft.js";
import { isLasting } from "js/keep.js";
import * as kept from "js/kept.js";
import { mine } from "js/me.js";
import * as outbox from "js/outbox.js";
import { startFrom } from "js/points.js";
import { toast } from "js/toast.js";
import { hear, newId, page, tell, words } from "js/words.js";

const screen = document.getElementById("screen");
const makesSlots = (form) => form.dataset.answer.endsWith(":");

/**
 * Gives an answer to the current round; `from` is the element that the points will fly from.
 * `lines` says it in words, where no form of its own does.
 */
export function give(answer, from, lines) {
  startFrom(from);
  outbox.add(screen.dataset.round, answer, about(formOf(answer.slot), answer, lines));
  if (document.documentElement.dataset.link !== "off") return;
  if (isLasting()) toast(words.kept, [], "kept");
  else toast(words.kept_here, [], "bad");
}

/** Takes an answer back, whether it was sent already, came back, or never left. */
export function withdraw(slot, from) {
  const round = screen.dataset.round;
  const cameBack = kept.drop(round, slot);
  if (outbox.takeBack(round, slot)) return;
  if (!cameBack || slot in mine.standing) give({ slot, withdraw: true }, from);
}

/** Brings an answer into its form, to be corrected; what was being typed there waits as a draft. */
export function edit(form, slot, answer) {
  if (!form.dataset.slot) draft.save(form);
  form.reset();
  clearErrors(form);
  form.dataset.slot = slot;
  fill(form, answer);
  tell("editing", { form, slot });
}

/** Leaves the correction, and brings back what was being typed before. */
export function renew(form) {
  if (form.dataset.slot) draft.clear(form);
  form.reset();
  clearErrors(form);
  delete form.dataset.slot;
  fill(form, draft.draftOf(form) ?? {});
  tell("editing", { form, slot: null });
}

/** Sends what a form holds, with the button that was pressed where that is part of the answer. */
function send(form, button) {
  if (button?.getAttribute("aria-pressed") === "true") return; // it stands already
  const lacking = missing(form);
  if (Object.keys(lacking).length) return showErrors(form, lacking);
  clearErrors(form);
  const { answer: prefix } = form.dataset;
  const slot = form.dataset.slot ?? (makesSlots(form) ? prefix + newId(8) : prefix);
  const pressed = button?.name ? { [button.name]: button.value } : {};
  give({ ...read(form), ...pressed, slot }, button ?? form.querySelector("[type=submit]"));
  draft.clear(form);
  if (makesSlots(form)) renew(form);
  if (document.activeElement !== button) document.activeElement?.blur?.();
  tell("sent", { form, slot });
}

/** The form of a slot on the screen: its own, or the one that makes slots of this kind. */
export const formOf = (slot) =>
  [...screen.querySelectorAll("form[data-answer]")].find(
    (form) => slot === form.dataset.answer || (makesSlots(form) && slot.startsWith(form.dataset.answer)),
  );

/** A form of one slot shows what stands there, and that it does, until something else is typed. */
export function showStanding(answers, root = screen) {
  root.querySelectorAll("form[data-answer]").forEach((form) => {
    const said = makesSlots(form) ? null : answers[form.dataset.answer];
    const isSaid = Boolean(said) && said.state !== "refused" && !draft.draftOf(form);
    if (isSaid && form.isConnected) fill(form, said.answer);
    form.querySelectorAll("[data-said]").forEach((part) => {
      part.hidden = !isSaid || part.dataset.said !== said.state;
    });
  });
}

hear("refused", ({ entry, error }) => {
  const form = entry.round === screen.dataset.round ? formOf(entry.answer.slot) : null;
  if (!form?.offsetParent || entry.answer.withdraw) return toast(error.text, [], "bad");
  const busy = !isBlank(form) && form.dataset.slot !== entry.answer.slot;
  if (busy && makesSlots(form)) return toast(error.text, [], "bad");
  review(form, entry.answer, error);
});

/** Shows a refused answer in its form, each fault at its field. */
export function review(form, answer, error) {
  if (makesSlots(form)) edit(form, answer.slot, answer);
  else fill(form, answer);
  showErrors(form, error.fields ?? {}, error.text);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-answer]");
  if (!form || !page.player) return;
  event.preventDefault();
  send(form, event.submitter);
});
