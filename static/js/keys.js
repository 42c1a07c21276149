/** Keyboard shortcuts: each presses a button that is on the screen, so that keys can do no more than eyes see. */
import { press } from "js/commands.js";
import { show } from "js/layer.js";
import { areOn } from "js/shortcuts.js";

const find = (...names) => names.map((name) => document.querySelector(`[data-do=${name}]`)).find(Boolean);
const step = (name) => document.querySelector(`[data-do=next][data-step=${name}]`);

const KEYS = {
  n: () => find("next"),
  " ": () => find("next"),
  p: () => find("pause", "resume"),
  e: () => find("extend"),
  c: () => step("close"),
  l: () => find("lock", "unlock"),
  z: () => document.querySelector("[data-do=undo]:not([hidden])"),
  h: () => find("hold"),
  arrowleft: () => find("page"),
  arrowright: () => step("page"),
};

const isTyping = (target) => target.closest("input, select, textarea, dialog[open]");

document.addEventListener("keydown", (event) => {
  if (!areOn() || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?") return show(document.getElementById("help"));
  const isOnButton = event.key === " " && event.target.closest("button, a, summary");
  const button = isOnButton ? null : KEYS[event.key.toLowerCase()]?.();
  if (!button) return;
  event.preventDefault();
  press(button);
});
