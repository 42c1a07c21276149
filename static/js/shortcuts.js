/**
 * Shortcuts of a single key can be turned off, for who dictates or brushes the keys (WCAG 2.1.4).
 * This device remembers it; [data-shortcuts] are the switches, [data-keys] says what has one.
 */
import { hear } from "js/words.js";

const KEY = "sourcerie-shortcuts"; // not among what is swept after a week
let isOff = false;

function recall() {
  try {
    isOff = localStorage.getItem(KEY) === "off";
  } catch {
    // then this page alone knows
  }
}

function remember() {
  try {
    if (isOff) localStorage.setItem(KEY, "off");
    else localStorage.removeItem(KEY);
  } catch {
    // then this page alone knows
  }
}

/** May a single key act? */
export const areOn = () => !isOff;

function draw(root = document) {
  root.querySelectorAll("[data-shortcuts]").forEach((box) => { box.checked = !isOff; });
  root.querySelectorAll("[data-keys]").forEach((button) => {
    if (isOff) button.removeAttribute("aria-keyshortcuts");
    else button.setAttribute("aria-keyshortcuts", button.dataset.keys);
  });
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-shortcuts]")) return;
  isOff = !target.checked;
  remember();
  draw();
});
window.addEventListener("storage", () => {
  recall();
  draw();
});
hear("coming", ({ root }) => draw(root));
recall();
draw();
