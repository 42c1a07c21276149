/** The current round's own script, if it has one: entered once a round, drawn at each change. */
import { showStanding } from "js/answers.js";
import { newGround } from "js/ground.js";
import * as me from "js/me.js";
import * as rounds from "rounds";

let here = { name: "", ground: null };

function leaveFor(name) {
  if (here.name === name) return false;
  here.ground?.leave();
  here = { name, ground: newGround() };
  return true;
}

/** Draws what only this phone knows of the round; `root` is the page, or what is to come into it. */
export function drawRound(root = document) {
  const section = root.querySelector("[data-script]");
  const name = section ? `${section.dataset.script} ${section.dataset.round}` : "";
  if (here.name !== name && !section) leaveFor("");
  if (!section) return;
  showStanding(me.answers(), root);
  const kind = rounds[section.dataset.script];
  if (leaveFor(name)) kind?.enter?.(here.ground);
  kind?.draw(section, me.answers());
}
