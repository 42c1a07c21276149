/** Relais booléen on the phone: what my search finds, told while I build it and at the reveal. */
import { restoreAll } from "js/draft.js";
import { read } from "js/form.js";
import { editable, listOwn } from "js/own.js";

const PREFIX = "term-";
let here = { section: null, words: {} };

/** Draws my search and my other words. `answers` maps slot -> { answer, state }. */
export function draw(section, answers) {
  const words = Object.fromEntries(Object.entries(answers).filter(([slot]) => slot.startsWith("word:")));
  here = { section, words };
  listOwn(section, words, "word", ({ text }) => text);
  restoreAll(section);
  if (section.dataset.phase === "open") count();
  else reveal(section, answers.search?.answer);
}

/** The terms of an answer by what they ask for. */
function queryOf(answer) {
  const by = (way) => Object.keys(answer).filter((name) => name.startsWith(PREFIX) && answer[name] === way).map((name) => name.slice(PREFIX.length));
  return { all: by("all"), any: by("any"), none: by("none") };
}

/** Does a search find a profile with these terms? As the server's rules have it. */
function finds({ all, any, none }, has) {
  if (!all.length && !any.length) return false;
  const isThere = (term) => has.includes(term);
  return all.every(isThere) && !none.some(isThere) && (!any.length || any.some(isThere));
}

const hasOf = (profile) => profile.dataset.has.split(" ");

function count() {
  const form = here.section.querySelector("form.boolean-form");
  if (!form) return;
  const query = queryOf(read(form));
  const profiles = [...here.section.querySelectorAll(".boolean-profiles [data-has]")];
  profiles.forEach((profile) => profile.classList.toggle("is-hit", finds(query, hasOf(profile))));
  form.querySelector("[data-found]").textContent = profiles.filter((profile) => profile.matches(".is-hit")).length;
}

function reveal(section, answer) {
  const profiles = [...section.querySelectorAll("[data-gold]")];
  const mine = profiles.filter((profile) => answer && finds(queryOf(answer), hasOf(profile)));
  const isSought = (profile) => profile.dataset.gold === "keep";
  const write = (where, found) => section.querySelectorAll(where).forEach((spot) => { spot.textContent = found.length; });
  section.querySelectorAll("[data-if-searched]").forEach((line) => { line.hidden = !answer; });
  write("[data-my-right]", mine.filter(isSought));
  write("[data-my-wrong]", mine.filter((profile) => !isSought(profile)));
  write("[data-my-sought]", profiles.filter(isSought));
  profiles.forEach((profile) => profile.querySelectorAll("[data-mine]").forEach((mark) => { mark.hidden = !mine.includes(profile); }));
}

const onForm = (event) => { if (event.target.closest?.("form.boolean-form")) count(); };

/** Listens as long as the round is here. */
export function enter(ground) {
  here = { section: null, words: {} };
  ground.on("change", onForm);
  ground.on("filled", onForm);
  editable(ground, "word", () => here.words);
}
