/**
 * The way to the server: a WebSocket or, where the network lets none through, polling.
 * A server that is away is not taken for such a network: it answers no plain request either.
 */
import { comesThrough } from "js/websocket.js";
import { tell } from "js/words.js";

const POLLS = "sourcerie:polls"; // this tab found WebSockets blocked
const ENOUGH = 2; // WebSockets that failed in a row while plain requests were answered
const PATIENCE = 5000; // ms for a plain request, or for a WebSocket that is tried out
const FIRST_TRY = 30000; // ms until a WebSocket is tried again; each time later than the last
const LAST_TRY = 600000;

function remember(polls) {
  try {
    if (polls) sessionStorage.setItem(POLLS, "1");
    else sessionStorage.removeItem(POLLS);
  } catch {
    // the next page finds out anew
  }
}

/** What a page's first handshake goes over. */
export function first() {
  try {
    return [sessionStorage.getItem(POLLS) ? "polling" : "websocket"];
  } catch {
    return ["websocket"];
  }
}

async function answers() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return (await answer.json()).ok; // also where a proxy answers with a page of its own
  } catch {
    return false;
  }
}

/** Chooses the way for each handshake of a connection, and tells which it is. */
export function choose(socket) {
  const manager = socket.io;
  let failures = 0;
  let wait = FIRST_TRY;
  let timer = 0;
  let name = first()[0];

  const use = (next) => {
    name = next;
    manager.opts.transports = [next];
  };

  async function failed(error) {
    if (name === "polling") return use("websocket"); // whatever is wrong, it is not that
    if (!(await answers())) failures = 0;
    else failures += error?.message === "timeout" ? ENOUGH : 1;
    if (failures >= ENOUGH && !socket.connected) use("polling");
  }

  async function tryAgain() {
    if (document.visibilityState !== "hidden" && (await comesThrough(PATIENCE))) {
      if (!socket.connected || name !== "polling") return;
      use("websocket");
      socket.disconnect().connect();
    } else {
      wait = Math.min(LAST_TRY, wait * 2);
      later();
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(tryAgain, wait * (0.75 + Math.random() / 2));
  }

  socket.on("connect", () => {
    failures = 0;
    clearTimeout(timer);
    name = manager.engine.transport.name; // a choice may have come too late for this handshake
    remember(name === "polling");
    if (name === "polling") later();
    else wait = FIRST_TRY;
    document.documentElement.dataset.transport = name;
    tell("transport", name);
  });
  socket.on("connect_error", (error) => socket.active && failed(error)); // else the server refused
}
