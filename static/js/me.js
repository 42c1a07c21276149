/** Mine: my points, my place, my own answers. They come to me alone, never in a shared screen. */
import * as kept from "js/kept.js";
import * as outbox from "js/outbox.js";
import { hear, page, say, tell, words } from "js/words.js";

/** `before` are the leads that I named in other rounds, where this one looks back; null until they came. */
export const mine = { points: 0, confirmed: 0, rank: null, of: 0, basis: "provisional", team: null, gap: 0, team_rank: 0, teams: 0, round: "", standing: {}, gained: [], before: null };
const screen = document.getElementById("screen");

/** Takes in a `me` message; one that tells only numbers leaves the rest as it is. */
export function take(me) {
  Object.assign(mine, me);
  draw();
  tell("mine", mine);
}

/** Another round began: what stood belongs to the one before. */
export function enter(round) {
  if (!round || mine.round === round) return;
  Object.assign(mine, { round, standing: {}, gained: [], before: null });
}

/** My answers by slot: acknowledged, still kept here, or come back: { answer, state, error }. */
export function answers() {
  const round = screen.dataset.round;
  const all = {};
  if (mine.round === round) {
    for (const [slot, answer] of Object.entries(mine.standing)) all[slot] = { answer, state: "noted" };
  }
  for (const [slot, { answer, error }] of Object.entries(kept.of(round))) {
    all[slot] = { answer, state: "refused", error };
  }
  for (const { round: where, answer } of outbox.waiting()) {
    if (where !== round) continue;
    if (answer.withdraw) delete all[answer.slot];
    else all[answer.slot] = { answer, state: "kept" };
  }
  return all;
}

hear("noted", ({ entry, ack }) => {
  if (entry.round === mine.round) {
    if (entry.answer.withdraw) delete mine.standing[entry.answer.slot];
    else mine.standing[entry.answer.slot] = entry.answer;
  }
  take({ points: ack.points });
});

const reasons = () => words.reasons ?? {};

/** One line of points as an <li>: « +10 une personne recommandée ». */
export function gainLine({ amount, label, reason, times }) {
  const line = document.createElement("li");
  const number = document.createElement("strong");
  number.className = "number";
  number.textContent = amount > 0 ? `+${amount}` : `${amount}`.replace("-", "−");
  line.append(number, ` ${label ?? reasons()[reason] ?? reason}${times > 1 ? ` × ${times}` : ""}`);
  return line;
}

function shape(name) {
  const drawn = `shape-${name}`.replace(/\d$/, ""); // the number says whose colour it has
  const drawing = document.getElementById(drawn) ? drawn : "mark";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", drawing === "mark" ? "mark" : `shape shape-${name}`);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#${drawing}`);
  svg.append(use);
  return svg;
}

const DRAW = {
  points: (spot) => { if (!spot.dataset.flying) spot.textContent = mine.points; },
  confirmed: (spot) => { spot.textContent = mine.confirmed; },
  nickname: (spot) => { if (mine.nickname) spot.textContent = mine.nickname; },
  team: (spot) => { spot.textContent = mine.team?.name ?? ""; },
  ranked: (spot) => { spot.textContent = mine.basis === "confirmed" ? mine.confirmed : mine.points; },
  basis: (spot) => { spot.textContent = say(mine.rank ? `basis_${mine.basis}` : "basis"); },
  rank: (spot) => { spot.textContent = mine.rank ? say("place_of", { rank: mine.rank, of: mine.of }) : ""; },
  gap: (spot) => { spot.textContent = mine.gap ? say(mine.gap === 1 ? "gap_one" : "gap", { n: mine.gap }) : ""; },
  team_place: (spot) => { spot.textContent = mine.team_rank ? say("place_of", { rank: mine.team_rank, of: mine.teams }) : ""; },
  shape: (spot) => { spot.replaceChildren(shape(mine.team?.shape)); },
  badge: (spot) => { spot.replaceChildren(shape(mine.team?.shape)); },
  gained: (spot) => { spot.replaceChildren(...mine.gained.map(gainLine)); },
};

/** Writes my numbers wherever there is a place for them. */
export function draw(root = document) {
  if (!page.player) return;
  root.querySelectorAll("[data-me]").forEach((spot) => DRAW[spot.dataset.me]?.(spot));
  root.querySelectorAll("[data-me-if]").forEach((spot) => {
    const value = mine[spot.dataset.meIf];
    spot.hidden = Array.isArray(value) ? !value.length : !value;
  });
}
