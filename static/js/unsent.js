/**
 * Under "my game": what was typed and is not with the server, and what can be done with it.
 * Those are answers that came back, and drafts whose form is not on the screen any more.
 */
import { edit, formOf, give, review } from "js/answers.js";
import { copyText } from "js/copy.js";
import * as draft from "js/draft.js";
import { fill } from "js/form.js";
import { isLasting } from "js/keep.js";
import * as kept from "js/kept.js";
import { hide } from "js/layer.js";
import { isSecondTap } from "js/twice.js";
import { hear, newId, page, say } from "js/words.js";

const screen = document.getElementById("screen");
const box = document.getElementById("unsent");
const note = document.getElementById("unsent-note");
let seen = "";

const isOpen = () => screen.dataset.phase === "open";
const isHere = (item) => isOpen() && item.round === screen.dataset.round;
const slotOf = (item) => item.slot ?? item.answer.slot;

/** The form that holds a draft now, or that shows an answer that came back. */
function isShown(item) {
  const form = isHere(item) && formOf(slotOf(item));
  if (!form || item.state === "late") return false;
  return [form.dataset.slot, form.dataset.answer].includes(slotOf(item)) && Boolean(form.offsetParent);
}

const items = () => [...kept.all(), ...draft.all().filter((one) => one.round)].filter((one) => !isShown(one));

function drop(item) {
  if (item.state === "draft") draft.drop(item);
  else kept.drop(item.round, item.answer.slot);
  draw();
}

/** The form that this could go into now: of its own round, or a free one of another round of its kind. */
function target(item) {
  const form = isOpen() ? formOf(slotOf(item)) : null;
  if (!form || isHere(item)) return form;
  const isSameKind = form.closest("[data-kind]")?.dataset.kind === item.about?.kind;
  return isSameKind && form.dataset.answer.endsWith(":") ? form : null;
}

/** The slot it takes in that form: its own where it is still the same answer, else a new one. */
function slotIn(form, item) {
  const { answer: prefix } = form.dataset;
  return isHere(item) && slotOf(item) !== prefix ? slotOf(item) : prefix.endsWith(":") ? prefix + newId(8) : prefix;
}

/** A whole answer goes as it is: into its own round, open again, or as a new one into another. */
function send(item, button) {
  const form = target(item);
  if (!form && !isHere(item)) return draw();
  const slot = isHere(item) ? slotOf(item) : slotIn(form, item);
  give({ ...item.answer, slot }, button, item.about?.lines);
  drop(item);
}

/** Brings it into its form, to be finished; it stays here as a draft until it is sent or left. */
function resume(item) {
  const form = target(item);
  if (!form) return draw();
  hide(document.getElementById("mine"));
  const answer = { ...item.answer, slot: slotIn(form, item) };
  drop(item); // first: it may come back under the very same name
  if (item.error) review(form, answer, item.error);
  else if (form.dataset.answer.endsWith(":")) edit(form, answer.slot, answer);
  else fill(form, answer);
  draft.save(form);
  form.closest("details")?.setAttribute("open", "");
  form.scrollIntoView({ block: "start" });
}

const text = ({ about }) => [about?.title, ...(about?.lines ?? [])].filter(Boolean).join("\n");

function why(item) {
  if (item.error && item.error.code !== "round_closed") return item.error.text;
  return say(`unsent_${item.state}`, { round: item.about?.title ?? "" });
}

function row(item) {
  const line = document.getElementById("unsent-row").content.firstElementChild.cloneNode(true);
  const form = target(item);
  line.querySelector("[data-why]").textContent = why(item);
  line.querySelector("[data-lines]").replaceChildren(
    ...(item.about?.lines ?? []).map((words) => Object.assign(document.createElement("li"), { textContent: words })),
  );
  const isWhole = item.state === "late";
  const buttons = {
    send: isWhole && (isHere(item) || Boolean(form)),
    resume: !isWhole && Boolean(form),
    copy: true,
    drop: true,
  };
  const does = {
    send: (button) => send(item, button),
    resume: () => resume(item),
    copy: () => copyText(text(item)),
    drop: (button) => isSecondTap(button) && drop(item),
  };
  for (const [name, isThere] of Object.entries(buttons)) {
    const button = line.querySelector(`[data-unsent=${name}]`);
    button.hidden = !isThere;
    button.addEventListener("click", () => does[name](button));
  }
  return line;
}

const nameOf = (item) => `${item.state} ${item.round} ${slotOf(item)}`;

/** Writes the list, and the line that leads to it for what was not looked at yet. */
export function draw() {
  if (!page.player || !box) return;
  const all = items();
  const names = all.map(nameOf).join("\n");
  if (document.getElementById("mine").open) seen = names;
  if (box.dataset.shown !== names + screen.dataset.version) {
    box.dataset.shown = names + screen.dataset.version; // a button that waits for its second tap is not redrawn
    box.querySelector("[data-unsent-list]").replaceChildren(...all.map(row));
  }
  box.hidden = !all.length;
  box.querySelector("[data-if-lasting]").hidden = !isLasting();
  box.querySelector("[data-if-fleeting]").hidden = isLasting();
  document.getElementById("who").toggleAttribute("data-unsent", all.length > 0);
  note.hidden = !all.length || seen === names;
  note.textContent = say(all.length === 1 ? "unsent_one" : "unsent_many", { n: all.length });
}

["kept", "shown", "editing", "opened"].forEach((news) => hear(news, draw));
window.addEventListener("storage", draw); // another tab of this phone
note?.addEventListener("click", () => document.getElementById("who").click());
draw();
