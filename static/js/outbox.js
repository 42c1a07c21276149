/** The outbox: an answer stays here, under its own id, until the server has it on disk. */
import * as keep from "js/keep.js";
import * as kept from "js/kept.js";
import { newId, page, tell } from "js/words.js";

const SENT = `sourcerie:outbox:${page.workshop}:${page.player}`;
const LATER = new Set(["busy", "throttled", "failed", "catching_up"]); // kept, and sent again after a while
const WAIT = 10000;

let socket = null;
let sending = null;

/** What waits, oldest first: [{ id, round, answer, about }]. */
export const waiting = () => keep.read(SENT, []);

function change(items) {
  keep.write(SENT, items.length ? items : null);
  tell("outbox", items);
}

const isOf = (item, round, slot) => item.round === round && item.answer.slot === slot;

/** Takes an answer in, with the words it is told in here; one of its slot not sent yet is replaced. */
export function add(round, answer, about) {
  const entry = { id: newId(), round, answer, about };
  change([...waiting().filter((item) => item.id === sending || !isOf(item, round, answer.slot)), entry]);
  kept.drop(round, answer.slot);
  pump();
  return entry;
}

/** Takes back what was not sent yet; true if that was all there was of this slot. */
export function takeBack(round, slot) {
  const items = waiting();
  const ours = items.filter((item) => isOf(item, round, slot));
  if (!ours.length || ours.some((item) => item.id === sending)) return false;
  change(items.filter((item) => !isOf(item, round, slot)));
  return true;
}

/** Sends what waits, one at a time and in order. */
export async function pump() {
  const entry = waiting()[0];
  if (!entry || sending || !socket?.connected) return;
  sending = entry.id;
  let pause = 0;
  try {
    const { id, round, answer } = entry;
    pause = digest(entry, await socket.timeout(WAIT).emitWithAck("submit", { id, round, answer }));
  } catch {
    pause = 1500; // no answer: the same id goes out again, the server counts it once
  }
  sending = null;
  setTimeout(pump, pause);
}

function digest(entry, ack) {
  if (!ack?.ok && (!ack?.error || LATER.has(ack.error.code))) return 1500 + 1500 * Math.random();
  if (ack.ok) kept.drop(entry.round, entry.answer.slot);
  else if (!entry.answer.withdraw) kept.put({ ...entry, error: ack.error });
  change(waiting().filter((item) => item.id !== entry.id)); // only now: it is never in neither place
  if (ack.ok) tell("noted", { entry, ack });
  else tell("refused", { entry, error: ack.error });
  return 0;
}

/** Empties the outbox into a connection whenever it stands. */
export function open(connection) {
  socket = connection;
  socket.on("connect", pump);
  if (socket.connected) pump();
}
