/** A made-up player's phone, as it will look: drawn with what they would have said, and nothing is sent. */
import { drawRound } from "js/kind.js";
import * as me from "js/me.js";
import { turnAll } from "js/turns.js";
import { tick } from "js/clock.js";

/** What is typed or pressed here goes nowhere, and is not kept: this phone is nobody's. */
const quiet = (event) => {
  if (event.type === "submit") event.preventDefault();
  if (event.type !== "click" || event.target.closest("button")) event.stopImmediatePropagation();
};
["submit", "input", "change", "click", "pointerdown", "keydown"].forEach((name) => window.addEventListener(name, quiet, true));

const clock = document.getElementById("clock");
clock.hidden = clock.dataset.phase !== "open";
me.take(JSON.parse(document.getElementById("made-up").textContent));
drawRound();
turnAll(document);
tick();
