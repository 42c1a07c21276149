/** The screen: the server's HTML morphed into the page, without touching what a person is typing. */
import { Idiomorph } from "idiomorph";
import { tick } from "js/clock.js";
import { announce, tell } from "js/words.js";

const main = document.getElementById("screen");

/** The version shown. */
export const seen = () => Number(main.dataset.version || 0);
export const at = () => ({ ...main.dataset });

/** Shows a screen, unless it is older than the one there is. */
export function show(screen) {
  if (!screen || screen.v < seen()) return;
  const moved = isElsewhere(screen);
  Object.assign(main.dataset, {
    version: screen.v,
    stage: screen.stage,
    round: screen.round ?? "",
    phase: screen.phase ?? "",
  });
  morph(main, screen.html);
  if (moved) enter();
  tell("shown", screen);
  tick();
}

const isTyped = (element) => Boolean(element?.matches("input, textarea, select"));

/** Morphs an element's children; what is marked as kept stays as it is. */
export function morph(element, html) {
  Idiomorph.morph(element, html, {
    morphStyle: "innerHTML",
    ignoreActiveValue: isTyped(document.activeElement), // a focused button is the server's to redraw
    callbacks: { beforeNodeMorphed: mayMorph, beforeAttributeUpdated: mayChange },
  });
}

function isElsewhere(screen) {
  const { stage, round, phase } = main.dataset;
  return stage !== screen.stage || (round ?? "") !== (screen.round ?? "") || phase !== (screen.phase ?? "");
}

/** A form of the same round, or what our scripts wrote, is not the server's to redraw. */
function mayMorph(old, fresh) {
  if (!(old instanceof Element) || !(fresh instanceof Element)) return true;
  const kept = old.dataset?.keep;
  return !(kept && kept === fresh.dataset?.keep) && !isAsking(old, fresh);
}

/** A button that waits for its second tap keeps its question, as long as it is the same button. */
function isAsking({ dataset: old }, { dataset: fresh }) {
  return old?.asked !== undefined && old.again === fresh?.again && old.player === fresh?.player;
}

function mayChange(name, element) {
  return !(name === "open" && element instanceof HTMLDetailsElement);
}

function enter() {
  main.classList.remove("enters");
  void main.offsetWidth; // starts the animation anew
  main.classList.add("enters");
  scrollTo({ top: 0 });
  announce(main.querySelector("h1")?.textContent.trim());
}
