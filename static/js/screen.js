/**
 * The screen: what the server draws for everybody becomes this page's own before it is seen.
 * « coming » gives it, not yet in the page, to whoever draws something of their own into it;
 * « shown » says that it is there.
 */
import { announce } from "js/announce.js";
import { tick } from "js/clock.js";
import { goToHeading } from "js/heading.js";
import { top } from "js/layer.js";
import { morph } from "js/morph.js";
import { isCalm, tell } from "js/words.js";

const LATEST = 500; // ms
const main = document.getElementById("screen");

/** The version shown. */
export const seen = () => Number(main.dataset.version || 0);
export const at = () => ({ ...main.dataset });

/** Shows a screen, unless it is older than the one there is. */
export function show(screen) {
  if (!screen || screen.v < seen()) return;
  put(screen, isElsewhere(screen));
}

/** The same, with the browser's own passage from one screen to another, where it has one. */
export function showWithPassage(screen) {
  if (!screen || screen.v < seen()) return;
  if (!document.startViewTransition || isCalm() || document.hidden || !isElsewhere(screen)) return show(screen);
  let isShown = false;
  const once = () => {
    if (!isShown) show(screen);
    isShown = true;
  };
  try {
    document.startViewTransition(once).ready.catch(() => {}); // another screen was faster, and is there
  } catch {
    once();
  }
  setTimeout(once, LATEST); // whatever becomes of the passage, the screen comes
}

function put(screen, isNew) {
  const before = new Set(news());
  const fresh = drawn(screen);
  const isLost = keepingFocus(() => {
    morph(main, fresh.childNodes);
    tell("shown", screen);
    tick();
  });
  if (isNew) enter();
  if (isLost && top() === document.body) goToHeading();
  else if (isNew) announce(main.querySelector("h1")?.textContent);
  news().filter((text) => !before.has(text)).forEach(announce);
}

function drawn(screen) {
  const root = document.createElement("div");
  root.innerHTML = screen.html;
  Object.assign(main.dataset, {
    version: screen.v,
    stage: screen.stage,
    round: screen.round ?? "",
    phase: screen.phase ?? "",
  });
  tell("coming", { screen, root });
  tick(root);
  return root;
}

function isElsewhere(screen) {
  const { stage, round, phase } = main.dataset;
  return stage !== screen.stage || (round ?? "") !== (screen.round ?? "") || phase !== (screen.phase ?? "");
}

const isThere = (element) => element.isConnected && !element.disabled && element.getClientRects().length > 0;

/** Does something to the screen; true if what had the focus there is gone. */
function keepingFocus(does) {
  const had = document.activeElement;
  const wasHere = had !== main && main.contains(had);
  does();
  if (!wasHere || document.activeElement === had && isThere(had)) return false;
  if (isThere(had)) had.focus({ preventScroll: true });
  return !main.contains(document.activeElement) || !isThere(document.activeElement);
}

/** What a screen says besides its heading: [data-say] that is to be seen. */
const news = () => [...main.querySelectorAll("[data-say]:not([hidden])")].map((part) => part.textContent.trim());

function enter() {
  main.classList.remove("enters");
  void main.offsetWidth; // starts the animation anew
  main.classList.add("enters");
  scrollTo({ top: 0 });
  tell("entered");
}
