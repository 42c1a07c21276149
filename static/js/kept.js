/**
 * Answers that came back for good: each stays here, by its round and slot, until its author sends
 * it again or drops it. { round, answer, about, error, state: "late" | "refused" }
 */
import * as keep from "js/keep.js";
import { page, tell } from "js/words.js";

const ALL = `sourcerie:kept:${page.workshop}:${page.player}:`;
const keyOf = (round, slot) => `${ALL}${round}:${slot}`;

/** Keeps what was refused, and why. */
export function put({ round, answer, about, error }) {
  const state = error.code === "bad_input" ? "refused" : "late";
  keep.write(keyOf(round, answer.slot), { round, answer, about, error, state });
  tell("kept");
}

/** It was seen to: sent again, corrected or given up. True if there was one. */
export function drop(round, slot) {
  const key = keyOf(round, slot);
  if (keep.read(key) === null) return false;
  keep.forget(key);
  tell("kept");
  return true;
}

export const all = () => keep.all(ALL);

/** Those of one round, by slot. */
export const of = (round) =>
  Object.fromEntries(all().filter((one) => one.round === round).map((one) => [one.answer.slot, one]));
