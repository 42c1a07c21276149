/** What failed to be sent: how often, and how long it rests, so that it stops nobody behind it. */
const FIRST = 1500; // ms of rest after a first failure; each rest is twice as long as the last
const LAST = 120000;
const SUSPECT = 3; // failures after which it is not the network's fault any more

const all = new Map(); // id -> { times, until }
let refusals = 0;

const restOf = (times) => Math.min(LAST, FIRST * 2 ** (times - 1)) * (1 + Math.random() / 2);
const timesOf = ({ id }) => all.get(id)?.times ?? 0;
const untilOf = ({ id }) => all.get(id)?.until ?? 0;

/** One more failure of this one alone. */
export function note(id) {
  const times = timesOf({ id }) + 1;
  all.set(id, { times, until: Date.now() + restOf(times) });
}

/** The server takes nobody's now: ms until any is worth sending. */
export function everywhere() {
  refusals += 1;
  return Math.min(15000, restOf(refusals));
}

/** It was answered. */
export function forget(id) {
  all.delete(id);
  refusals = 0;
}

/** The connection stands anew: who failed with the old one need not rest, unless too often. */
export function hurry() {
  for (const one of all.values()) if (one.times < SUSPECT) one.until = 0;
}

/** Which of these to send now: the oldest of those that failed least; none where all rest. */
export const next = (items) =>
  items.filter((item) => untilOf(item) <= Date.now()).sort((a, b) => timesOf(a) - timesOf(b))[0];

/** ms until the first of these has rested. */
export const pause = (items) => Math.max(100, Math.min(LAST, ...items.map(untilOf).map((until) => until - Date.now())));
