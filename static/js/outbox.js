/** The outbox: an answer stays here, under its own id, until the server has it on disk. */
import * as keep from "js/keep.js";
import { newId, page, tell } from "js/words.js";

const SENT = `sourcerie:outbox:${page.workshop}:${page.player}`;
const BACK = `sourcerie:refused:${page.workshop}:${page.player}`;
const LATER = new Set(["busy", "throttled", "failed", "catching_up"]); // kept, and sent again after a while
const WAIT = 10000;

let socket = null;
let sending = null;

/** What waits, oldest first: [{ id, round, answer }]. */
export const waiting = () => keep.read(SENT, []);

/** What came back: { slot: { round, answer, error } }. */
export const refused = () => keep.read(BACK, {});

function change(items) {
  keep.write(SENT, items);
  tell("outbox", items);
}

/** Takes an answer in; one of the same slot that was not sent yet is replaced. */
export function add(round, answer) {
  settle(answer.slot);
  const entry = { id: newId(), round, answer };
  const others = waiting().filter(
    (item) => item.id === sending || item.round !== round || item.answer.slot !== answer.slot,
  );
  change([...others, entry]);
  pump();
  return entry;
}

/** Takes back what was not sent yet; true if that was all there was of this slot. */
export function takeBack(slot) {
  const items = waiting();
  const ours = items.filter((item) => item.answer.slot === slot);
  if (!ours.length || ours.some((item) => item.id === sending)) return false;
  change(items.filter((item) => item.answer.slot !== slot));
  return true;
}

/** A refused answer was seen to: corrected, or given up. */
export function settle(slot) {
  const back = refused();
  if (!(slot in back)) return;
  delete back[slot];
  keep.write(BACK, back);
}

/** Sends what waits, one at a time and in order. */
export async function pump() {
  const entry = waiting()[0];
  if (!entry || sending || !socket?.connected) return;
  sending = entry.id;
  let pause = 0;
  try {
    pause = digest(entry, await socket.timeout(WAIT).emitWithAck("submit", entry));
  } catch {
    pause = 1500; // no answer: the same id goes out again, the server counts it once
  }
  sending = null;
  setTimeout(pump, pause);
}

function digest(entry, ack) {
  if (!ack?.ok && (!ack?.error || LATER.has(ack.error.code))) return 1500 + 1500 * Math.random();
  change(waiting().filter((item) => item.id !== entry.id));
  if (ack.ok) tell("noted", { entry, ack });
  else {
    keep.write(BACK, { ...refused(), [entry.answer.slot]: { ...entry, error: ack.error } });
    tell("refused", { entry, error: ack.error });
  }
  return 0;
}

/** Empties the outbox into a connection whenever it stands. */
export function open(connection) {
  socket = connection;
  socket.on("connect", pump);
  if (socket.connected) pump();
}

/** Nothing of this workshop stays on the phone once it is over and all is sent. */
export function wipe() {
  if (waiting().length) return;
  keep.forgetAll(`sourcerie:draft:${page.workshop}`);
  keep.forget(BACK);
}
