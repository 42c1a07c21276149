/** The server's clock, and every countdown on the page. The server alone decides when time is over. */
let offset = Number(document.body.dataset.now || Date.now()) - Date.now();
let best = Infinity;
let longer = 0; // ms: a phone whose player took more time than the room's

/** From now on countdowns end so much later than the room's. */
export const lengthen = (ms) => {
  longer = ms;
};

/** The server's time, in milliseconds since the epoch. */
export const now = () => Date.now() + offset;

/** Measures the offset: the ping that came back fastest is the truest. */
export async function measure(socket, pings = 4) {
  best = Infinity;
  for (let n = 0; n < pings && socket.connected; n += 1) {
    const sent = Date.now();
    try {
      const { now: there } = await socket.timeout(3000).emitWithAck("clock", {});
      const trip = Date.now() - sent;
      if (trip < best) [best, offset] = [trip, there + trip / 2 - Date.now()];
    } catch {
      return;
    }
    await new Promise((done) => setTimeout(done, 120));
  }
}

const minutes = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** What is left, in milliseconds, of an element with data-closes-at or data-left-ms; or null. */
export function left(element, more = 0) {
  const { closesAt, leftMs } = element.dataset;
  if (leftMs) return Number(leftMs) + more;
  return closesAt ? Math.max(0, Number(closesAt) + more - now()) : null;
}

function draw(element) {
  const ms = left(element, longer);
  const text = element.querySelector("[data-countdown]");
  if (!text || ms === null) return;
  const seconds = Math.ceil(ms / 1000);
  text.textContent = minutes(seconds);
  const running = !element.dataset.leftMs;
  element.classList.toggle("is-long", seconds >= 600); // five signs have less room
  element.classList.toggle("is-short", running && seconds <= 30);
  element.classList.toggle("is-last", running && seconds <= 10);
  const whole = Number(element.dataset.seconds) * 1000;
  const ring = element.querySelector(".ring-left");
  if (ring && whole) ring.setAttribute("stroke-dasharray", `${Math.min(100, (100 * ms) / whole)} 100`);
}

/** Writes every countdown now; `root` is the page, or what is to come into it. */
export function tick(root = document) {
  root.querySelectorAll("[data-closes-at]").forEach(draw);
}

setInterval(tick, 250, document);
