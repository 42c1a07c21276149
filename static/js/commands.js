/** Commands: each says which screen it was given on, so that a double tap does it once. */
import { isSecondTap } from "js/twice.js";
import { seen } from "js/screen.js";
import { toast } from "js/toast.js";
import { words } from "js/words.js";

const WAIT = 6000;
let socket = null;

/** Commands go out over this connection. */
export const carry = (connection) => { socket = connection; };

/** Is the line up, or up again within `WAIT`? What is pressed as the page comes is not lost. */
function comesUp() {
  if (!socket || socket.connected) return Boolean(socket);
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      socket.off("connect", end);
      done(socket.connected);
    };
    const timer = setTimeout(end, WAIT);
    socket.on("connect", end);
  });
}

/** Sends a command; resolves to null when it was done, else to { code, text, fields }. */
export async function command(name, args = {}) {
  const lost = { code: "not_sent", text: words.not_sent, fields: {} };
  const v = seen(); // of the screen that was pressed, whatever comes while the line comes up
  if (!(await comesUp())) return lost;
  try {
    const ack = await socket.timeout(WAIT).emitWithAck("command", { do: name, v, ...args });
    return ack.ok ? null : ack.error;
  } catch {
    return lost;
  }
}

/** Presses a [data-do] button: asks twice where it says so, and tells why nothing was done. */
export async function press(button) {
  if (button.disabled || button.getAttribute("aria-busy") || (button.dataset.twice !== undefined && !isSecondTap(button))) return;
  const { do: name, seconds, by, player, key, round, what, minutes, themeTo: theme } = button.dataset;
  const args = { ...(round && { round }), ...(what && { what }), ...(minutes && { minutes: Number(minutes) }), ...(theme && { theme }), ...(seconds && { seconds: Number(seconds) }), ...(by && { by: Number(by) }), ...(player && { player }), ...(key && { key }) };
  button.setAttribute("aria-busy", "true");
  const error = await command(name, args);
  button.removeAttribute("aria-busy");
  if (error) toast(error.text, [], error.code === "stale" ? "kept" : "bad");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) press(button);
});

document.body.classList.add("is-ready"); // until here, a press would find nobody
