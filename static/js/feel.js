/** What can be felt and heard: a buzz or two notes when a round opens and when points come, off at will. */
import * as keep from "js/keep.js";
import { at } from "js/screen.js";
import { play, wake } from "js/tones.js";
import { hear } from "js/words.js";

const KEY = "sourcerie:feel";
const USUAL = { buzz: true, sound: false };
const OPENED = { buzz: [60, 50, 60], notes: [523, 784] };
const EARNED = { buzz: [25], notes: [784, 1047] };

let points = null; // mine, once they came

const wanted = () => ({ ...USUAL, ...keep.read(KEY, {}) });

function give({ buzz, notes }) {
  const { buzz: mayBuzz, sound } = wanted();
  if (mayBuzz) navigator.vibrate?.(buzz);
  if (!sound) return;
  wake();
  play(notes);
}

hear("entered", () => at().phase === "open" && give(OPENED));
hear("mine", ({ points: now }) => {
  if (points !== null && now > points) give(EARNED); // for an answer, at a reveal, by a verdict
  points = now;
});

document.querySelectorAll("[data-feel]").forEach((box) => {
  box.checked = wanted()[box.dataset.feel];
  box.closest("label").hidden = box.dataset.feel === "buzz" && !navigator.vibrate;
  box.addEventListener("change", () => {
    keep.write(KEY, { ...wanted(), [box.dataset.feel]: box.checked });
    if (box.checked) give(EARNED); // so that one knows what it is
  });
});
