/** My own time, where I took more than the room's: the open round stays on my screen until then. */
import { lengthen, now, tick } from "js/clock.js";
import { mine } from "js/me.js";
import { at } from "js/screen.js";
import { hear, tell } from "js/words.js";

const held = { screen: null, timer: 0 };
let end = 0;

hear("mine", () => {
  lengthen(mine.extra_ms ?? 0);
  tick();
  clearTimeout(end);
  const left = (mine.own_until ?? 0) - now(); // who came back in their own time has the room's screen after it
  if (left > 0) end = setTimeout(() => tell("own_time_over"), left + 200);
});

const isOver = () => mine.own_until > 0 && mine.own_until <= now();

function isToWait(screen) {
  const { round, phase } = at();
  return (mine.extra_ms ?? 0) > 0 && !isOver() && screen?.phase === "closed" && phase === "open" && screen.round === round;
}

/** The room's time ends now; mine goes on from here. */
function hold(screen, show) {
  if (!held.timer) {
    const end = now();
    document.querySelectorAll("[data-closes-at]:not([data-turns])").forEach((spot) => Object.assign(spot.dataset, { closesAt: end, leftMs: "" }));
    held.timer = setTimeout(() => drop(() => show(held.screen)), mine.extra_ms);
  }
  held.screen = screen;
}

function drop(then) {
  clearTimeout(held.timer);
  held.timer = 0;
  then();
}

/** Shows a screen, or keeps the open round as long as my own time lasts; results are shown at once. */
export const patiently = (show) => (screen) => {
  if (isToWait(screen)) hold(screen, show);
  else drop(() => show(screen));
};
