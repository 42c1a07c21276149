/** The server's HTML put into what the page shows, without touching what is the reader's own. */
import { Idiomorph } from "idiomorph";

const isTyped = (element) => Boolean(element?.matches("input, textarea, select"));

/** Morphs an element's children into `fresh`, HTML or nodes; what is marked as kept stays as it is. */
export function morph(element, fresh) {
  Idiomorph.morph(element, fresh, {
    morphStyle: "innerHTML",
    ignoreActiveValue: isTyped(document.activeElement), // a focused button is the server's to redraw
    callbacks: { beforeNodeMorphed: mayMorph, beforeAttributeUpdated: mayChange },
  });
}

/** A form of the same round, or what our scripts wrote, is not the server's to redraw. */
function mayMorph(old, fresh) {
  if (!(old instanceof Element) || !(fresh instanceof Element)) return true;
  const kept = old.dataset?.keep;
  if (old.matches(".form-error") && !old.hidden) return false; // it goes with its form
  return !(kept && kept === fresh.dataset?.keep) && !isAsking(old, fresh);
}

/** A button that waits for its second tap keeps its question, as long as it is the same button. */
function isAsking({ dataset: old }, { dataset: fresh }) {
  return old?.asked !== undefined && old.again === fresh?.again && old.player === fresh?.player;
}

/** What only the page itself sets: folding, a drag, a command on its way, where focus went. */
function mayChange(name, element) {
  if (name === "open") return !(element instanceof HTMLDetailsElement);
  return !["style", "aria-busy"].includes(name) && !(name === "tabindex" && element.matches("h1"));
}

/** A list becomes these items; those that stay the same are not touched, nor what has the focus there. */
export function fillList(list, items) {
  if (document.contains(list)) morph(list, items);
  else list.replaceChildren(...items);
}
