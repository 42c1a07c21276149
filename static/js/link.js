/** The one connection to the server: it comes back by itself, and catches up when the phone wakes. */
import { io } from "socket.io-client";
import * as transport from "js/transport.js";

const WAIT = 5000; // ms for an answer before the line is held for dead
const REFUSALS = 3; // refused handshakes before the page is loaded afresh

/**
 * Opens the connection. `auth()` gives what is sent at each handshake, `seen()` the version shown,
 * `caught(ack)` takes what a sync brings. Returns { socket, sync, stop, start }; `sync(0)` asks for
 * the screen also where it is the one shown.
 */
export function link({ auth, seen, caught, state }) {
  const socket = io({
    transports: transport.first(),
    upgrade: false, // choose() sees to that
    auth: (give) => give({ ...auth, v: seen() }),
    reconnectionDelay: 300,
    reconnectionDelayMax: 4000,
    randomizationFactor: 0.6,
    timeout: 8000,
  });
  transport.choose(socket);
  let refusals = 0;
  let stopped = false;

  async function sync(v = seen()) {
    if (!socket.connected) return socket.connect();
    try {
      caught(await socket.timeout(WAIT).emitWithAck("sync", { v }));
    } catch {
      if (!stopped) socket.io.engine?.close(); // asleep too long: a dead line looks alive
    }
  }

  function wake() {
    if (stopped || document.visibilityState === "hidden") return;
    if (socket.connected) sync();
    else socket.disconnect().connect(); // now, not after the rest of the backoff
  }

  socket.on("connect", () => {
    refusals = 0;
    state("on");
  });
  socket.on("disconnect", () => state(stopped ? "stopped" : "off"));
  socket.on("line", ({ behind } = {}) => state(behind ? "behind" : "on"));
  socket.on("connect_error", (error) => {
    const isBehind = error?.message === "catching_up";
    state(isBehind ? "behind" : "off");
    if (socket.active) return; // socket.io tries again by itself
    if (!isBehind) refusals += 1;
    if (refusals >= REFUSALS) reloadOnce();
    setTimeout(() => !stopped && socket.connect(), 1500 * Math.max(1, refusals) + 1000 * Math.random());
  });
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  window.addEventListener("offline", () => state("off"));

  return {
    socket,
    sync,
    stop() {
      stopped = true;
      socket.disconnect();
    },
    start() {
      stopped = false;
      socket.connect();
    },
  };
}

/** A handshake refused again and again: the page may know why (door, sign-in); once a minute. */
function reloadOnce() {
  try {
    const last = Number(sessionStorage.getItem("reloaded") ?? 0);
    if (Date.now() - last < 60000) return;
    sessionStorage.setItem("reloaded", String(Date.now()));
    location.reload();
  } catch {
    // without storage we would reload for ever: rather wait
  }
}
