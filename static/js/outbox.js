/** The outbox: an answer stays here, under its own id, until the server has it on disk. */
import * as keep from "js/keep.js";
import * as failing from "js/failing.js";
import * as kept from "js/kept.js";
import { newId, page, tell, words } from "js/words.js";

const SENT = `sourcerie:outbox:${page.workshop}:${page.player}`;
const LATER = new Set(["busy", "throttled", "catching_up"]); // no answer would be taken now
const WAIT = 10000;
const MOST = 15000; // characters: the server reads no message of more than 64 KB
const TOO_LONG = { ok: false, error: { code: "bad_input", text: words.too_long, fields: {} } };

let socket = null;
let sending = null;
let timer = 0;

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

/** Sends what waits, one at a time: in order, but past what rests after failing. */
export async function pump() {
  clearTimeout(timer);
  if (sending || !socket?.connected) return;
  const items = waiting();
  if (!items.length) return;
  const entry = failing.next(items);
  if (!entry) return again(failing.pause(items));
  sending = entry.id;
  const pause = await attempt(entry);
  sending = null;
  again(pause);
}

const again = (pause) => { timer = setTimeout(pump, pause); };

/** Sends an answer once; ms until the next may go. */
async function attempt(entry) {
  const { id, round, answer } = entry;
  const sent = { id, round, answer };
  if (JSON.stringify(sent).length > MOST) return digest(entry, TOO_LONG);
  try {
    return digest(entry, await socket.timeout(WAIT).emitWithAck("submit", sent));
  } catch {
    return fail(entry); // no answer: the same id goes out again, the server counts it once
  }
}

/** It goes again later, after the others; unless a newer one of its slot waits, which replaces it. */
function fail(entry) {
  const isReplaced = waiting().some((item) => item.id !== entry.id && isOf(item, entry.round, entry.answer.slot));
  if (isReplaced) change(waiting().filter((item) => item.id !== entry.id));
  else failing.note(entry.id);
  return 0;
}

function digest(entry, ack) {
  if (!ack?.ok && (!ack?.error || ack.error.code === "failed")) return fail(entry);
  if (!ack.ok && LATER.has(ack.error.code)) return failing.everywhere();
  failing.forget(entry.id);
  if (ack.ok) kept.drop(entry.round, entry.answer.slot);
  else if (!entry.answer.withdraw) kept.put({ ...entry, error: ack.error });
  if (ack.ok) tell("noted", { entry, ack });
  change(waiting().filter((item) => item.id !== entry.id)); // only now: it is never in neither place
  if (!ack.ok) tell("refused", { entry, error: ack.error });
  return 0;
}

/** Empties the outbox into a connection whenever it stands. */
export function open(connection) {
  socket = connection;
  socket.on("connect", () => {
    failing.hurry();
    pump();
  });
  if (socket.connected) pump();
}
