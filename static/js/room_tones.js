/** The room's tones, where the remote wants them: as things open, end, are shown; the last five seconds. */
import { left } from "js/clock.js";
import { at } from "js/screen.js";
import { canSound, play, wake } from "js/tones.js";
import { hear, page } from "js/words.js";

const TONES = {
  open: [523, 784],
  closed: [784, 523],
  revealed: [659, 784, 988],
  podium: [523, 659, 784, 1047],
};
const TICK = [880];
const LAST = 5; // seconds
const LOUD = { loud: 0.25 };
const COVERS = ["break", "data"];
const main = document.getElementById("screen");
const hint = document.getElementById("tones-hint");
let isOn = page.tones === "on";
let hasGesture = navigator.userActivation?.hasBeenActive ?? false;
let moment = "";
let ticked = "";

/** What the room is at; whatever stands over it for a while is no new moment. */
function now() {
  const { stage, round, phase } = at();
  if (COVERS.includes(stage)) return moment;
  return stage === "round" ? `${round} ${phase}` : stage;
}

async function ask() {
  hint.hidden = !isOn || canSound();
  if (!isOn || !hasGesture || canSound()) return;
  try {
    await wake();
  } catch {
    // no sound on this machine, or not yet: the line stays where it is
  }
  hint.hidden = !isOn || canSound();
}

const sound = (notes, how) => isOn && canSound() && play(notes, { ...LOUD, ...how });

function enter() {
  const before = moment;
  moment = now();
  const notes = TONES[moment.split(" ").at(-1)];
  if (notes && moment !== before) sound(notes);
}

/** A tick a second: never twice for one, and none while the clock stands still. */
function tick() {
  const clock = at().phase === "open" && main.querySelector("[data-closes-at]");
  if (!clock || clock.dataset.leftMs) return;
  const seconds = Math.ceil(left(clock) / 1000);
  const second = `${clock.dataset.closesAt} ${seconds}`;
  if (seconds < 1 || seconds > LAST || second === ticked) return;
  ticked = second;
  sound(TICK, { lasts: 0.12 });
}

function gesture() {
  hasGesture = navigator.userActivation?.hasBeenActive ?? true; // Escape is none, to browsers
  ask();
}

hear("coming", ({ screen }) => {
  isOn = screen.tones ?? isOn;
  ask();
});
hear("entered", enter);
document.addEventListener("click", gesture);
document.addEventListener("keydown", gesture);
setInterval(tick, 100);
moment = now();
ask();
