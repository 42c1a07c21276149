/**
 * The top layer: whatever opens over the page opens here. The browser keeps the rest inert and
 * closes on Escape; what was opened last is on top, whatever its style says.
 */
import { goToHeading } from "js/heading.js";
import { tell } from "js/words.js";

const RIDERS = ["toasts", "say"]; // what must be seen and heard over an open dialog too
const open = []; // dialogs, the topmost last
const openers = new WeakMap();

/** The topmost dialog, or the page; all the rest is inert. */
export const top = () => open.at(-1) ?? document.body;

/** Opens a dialog; the focus comes back to `opener` at its end. */
export function show(dialog, opener = document.activeElement) {
  if (!dialog || dialog.open) return;
  openers.set(dialog, opener);
  dialog.showModal();
  open.push(dialog);
  carry();
  tell("opened", dialog);
}

/** Closes a dialog, also one that only we may close. */
export function hide(dialog) {
  if (!dialog?.open) return;
  delete dialog.dataset.held;
  dialog.close();
}

/** Opens what nobody but us closes: neither Escape nor a tap beside it does. */
export function hold(dialog) {
  if (!dialog) return;
  dialog.dataset.held = "";
  show(dialog);
}

/** Shows a small thing over all there is, without taking the focus or a tap. */
export function raise(element) {
  if (element.parentNode !== top()) top().append(element);
  if (!element.showPopover) return; // an old browser: inside of the topmost dialog it is above too
  element.popover = "manual";
  if (element.matches(":popover-open")) element.hidePopover(); // the last to open is on top
  element.showPopover();
}

function carry() {
  for (const id of RIDERS) {
    const rider = document.getElementById(id);
    if (!rider || rider.parentNode === top()) continue;
    if (id === "say") rider.textContent = ""; // what was read before is not read again there
    top().append(rider);
    if (id === "toasts" && rider.childElementCount) raise(rider);
  }
}

/** The focus goes back to where it was, or where that is gone, to the heading. */
function giveBack(dialog) {
  const opener = openers.get(dialog);
  const { activeElement: now } = document;
  if (now && now !== document.body && !dialog.contains(now) && now !== opener) return; // it went on by itself
  if (opener?.isConnected && opener !== document.body && opener.getClientRects().length) opener.focus({ preventScroll: true });
  else if (top() === document.body) goToHeading();
}

function closed({ target: dialog }) {
  const at = open.indexOf(dialog);
  if (at < 0) return;
  open.splice(at, 1);
  carry();
  if (dialog.dataset.held !== undefined) show(dialog, openers.get(dialog)); // Escape was pressed twice
  else giveBack(dialog);
}

function isBeside(dialog, { clientX: x, clientY: y }) {
  const { left, right, top: above, bottom } = dialog.getBoundingClientRect();
  return x < left || x > right || y < above || y > bottom;
}

function tapped(event) {
  const opener = event.target.closest("[data-open]");
  if (opener) show(document.getElementById(opener.dataset.open), opener);
  const { target } = event;
  if (open.includes(target) && target.dataset.held === undefined && isBeside(target, event)) hide(target);
}

document.addEventListener("click", tapped);
document.addEventListener("close", closed, true);
document.addEventListener("cancel", (event) => event.target.dataset?.held !== undefined && event.preventDefault(), true);
