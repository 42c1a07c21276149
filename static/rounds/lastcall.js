/** Dernière chance on the phone: my leads, and for the one I touch only what is still missing. */
import { edit, renew } from "js/answers.js";
import { restoreAll } from "js/draft.js";
import { mine } from "js/me.js";
import { fillList } from "js/morph.js";
import { say } from "js/words.js";

const DETAILS = ["reach", "role", "company", "skills", "reason", "speaks", "aware"];
const NAMED = 2; // of what a lead lacks, the most useful first
let here = { section: null, answers: {}, slot: "" };

const isThere = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** What a lead lacks still: neither said before nor in this round. */
const lacking = ({ slot, filled }) =>
  DETAILS.filter((name) => !filled.includes(name) && !isThere(here.answers[slot]?.answer[name]));

/** What may be said of it here: all that was not said before. */
const askable = ({ filled }) => DETAILS.filter((name) => !filled.includes(name));

/** Draws my leads. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  here = { ...here, section, answers };
  restoreAll(section);
  const list = section.querySelector("[data-own-leads]");
  if (!list) return;
  const before = mine.before ?? [];
  section.querySelector("[data-if-none]").hidden = !mine.before || before.length > 0;
  section.querySelector("[data-if-some]").hidden = !before.length;
  const worth = Object.fromEntries([...section.querySelectorAll("[data-detail]")].map((field) => [field.dataset.detail, Number(field.querySelector(".worth")?.textContent ?? 0)]).filter(([, points]) => points));
  fillList(list, before.map((lead) => row(section.querySelector("template[data-lead-row]"), list, lead, worth)));
  show();
}

function row(template, list, lead, worth) {
  const item = template.content.firstElementChild.cloneNode(true);
  const names = lacking(lead);
  const points = names.reduce((sum, name) => sum + (worth[name] ?? 0), 0);
  item.dataset.state = here.answers[lead.slot]?.state ?? "";
  item.querySelector("[data-name]").textContent = lead.name;
  item.querySelector("[data-lacks]").textContent = names.length ? lacks(list.dataset, names) : `✓ ${list.dataset.whole}`;
  item.querySelector("[data-worth]").textContent = points ? `+${points}` : "";
  const button = item.querySelector("button");
  button.dataset.lead = lead.slot;
  button.disabled = !askable(lead).length;
  return item;
}

const inside = (label) => label[0].toLowerCase() + label.slice(1);

/** What is still to be said, in words: two things, and how many more. */
function lacks({ lacking, moreOne, moreMany, details }, names) {
  const known = JSON.parse(details).filter(([name]) => names.includes(name)).map(([, label]) => inside(label));
  const shown = known.length > NAMED + 1 ? known.slice(0, NAMED) : known;
  const n = known.length - shown.length;
  const what = shown.join(", ");
  return say(lacking, { what: n ? say(n === 1 ? moreOne : moreMany, { what, n }) : what });
}

/** Shows the list, or the form of the lead that was touched, with what it lacks. */
function show() {
  const lead = (mine.before ?? []).find(({ slot }) => slot === here.slot);
  here.section.querySelector("[data-lead-pick]").hidden = Boolean(lead);
  here.section.querySelector("[data-more]").hidden = !lead;
  here.section.querySelector(".lastcall-of").hidden = true;
  if (!lead) return;
  here.section.querySelector("[data-who]").textContent = lead.name;
  here.section.querySelectorAll("[data-detail]").forEach((field) => { field.hidden = !askable(lead).includes(field.dataset.detail); });
}

const typed = (answer) => ({ ...answer, reach_value: answer.reach_value ?? answer[answer.reach] ?? "" });

function onClick(event) {
  const button = event.target.closest("button");
  const form = here.section?.querySelector("form[data-answer]");
  if (!button || !form) return;
  if (button.dataset.lead) {
    edit(form, button.dataset.lead, typed(here.answers[button.dataset.lead]?.answer ?? {}));
    form.scrollIntoView({ block: "start", behavior: "smooth" });
  }
  if (button.matches("[data-leave-more]")) renew(form);
}

/** Listens as long as the round is here. */
export function enter({ on, hear }) {
  here = { section: null, answers: {}, slot: "" };
  on("click", onClick);
  hear("editing", ({ form, slot }) => {
    if (form.dataset.answer !== "more:") return;
    here.slot = slot ?? "";
    if (here.section) show();
  });
}
