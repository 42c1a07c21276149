/** The phone: one connection, one screen, one outbox. */
import * as outbox from "js/outbox.js";
import * as me from "js/me.js";
import * as draft from "js/draft.js";
import * as keep from "js/keep.js";
import { measure, tick } from "js/clock.js";
import { at, seen, showWithPassage as show } from "js/screen.js";
import { cover, uncover } from "js/cover.js";
import { drawRound } from "js/kind.js";
import { link } from "js/link.js";
import { hear, page, tell } from "js/words.js";
import { showStanding } from "js/answers.js";
import "js/came_back.js";
import "js/feel.js";
import "js/keyboard.js";
import "js/deal.js";
import { patiently } from "js/extra.js";
import "js/lexicon.js";
import "js/line.js";
import "js/mine.js";
import "js/points.js";
import "js/shortcuts.js";
import "js/turns.js";
import "js/unsent.js";
import "js/wake.js";

function setClock({ closes_at: closesAt, left_ms: leftMs, stage, phase }) {
  const clock = document.getElementById("clock");
  clock.dataset.closesAt = closesAt ?? "";
  clock.dataset.leftMs = leftMs ?? "";
  clock.dataset.phase = phase ?? "";
  clock.hidden = stage !== "round" || phase !== "open";
}

function refresh() {
  draft.restoreAll();
  me.draw();
  drawRound();
}

function play() {
  const caught = (ack) => {
    if (ack?.screen) patiently(show)(ack.screen);
    if (ack?.me) me.take(ack.me);
  };
  const line = link({
    auth: { surface: "phone", workshop: page.workshop, lang: page.lang },
    seen,
    caught,
    state: (state) => tell("line", state),
  });
  const { socket } = line;
  outbox.open(socket);
  socket.on("connect", () => measure(socket).then(() => tick()));
  socket.on("screen", patiently(show));
  socket.on("me", me.take);
  socket.on("moved", ({ to } = {}) => to !== socket.id && leave(line, "moved"));
  socket.on("bye", ({ reason } = {}) => reason === "removed" && leave(line, "gone"));
  hear("coming", ({ screen, root }) => {
    const isElsewhere = Boolean(screen.round) && screen.round !== me.mine.round;
    me.enter(screen.round);
    me.draw(root);
    drawRound(root);
    const looksBack = Boolean(root.querySelector("[data-looks-back]")) && !me.mine.before;
    const isOwn = me.mine.extra_percent > 0; // how long my own time is depends on the round
    if ((isElsewhere || looksBack || isOwn) && screen.phase === "open") setTimeout(() => line.sync(), isOwn ? 0 : spread());
  });
  hear("own_time_over", () => line.sync(0));
  hear("shown", (screen) => {
    setClock(screen);
    refresh();
  });
  setInterval(() => measure(socket, 2), 60000);
}

/**
 * Who comes back to an open round asks for what stands there; gains are sent to everybody at the
 * reveal. A whole room must not ask at once: up to four seconds apart, by how many we are.
 */
const spread = () => Math.min(4000, 4 * (me.mine.of ?? 0)) * Math.random();

function leave(line, why) {
  line.stop();
  cover(why);
  const takeBack = () => {
    uncover();
    line.start();
  };
  document.querySelector("[data-take-back]")?.addEventListener("click", takeBack, { once: true });
}

["mine", "outbox", "kept"].forEach((news) => hear(news, () => drawRound()));
hear("drafted", () => showStanding(me.answers()));

document.documentElement.dataset.scripts = ""; // what shows only while we have not come, goes
keep.sweep();
const clock = document.getElementById("clock");
clock.hidden = clock.dataset.phase !== "open";
me.enter(at().round);
refresh();
play();
