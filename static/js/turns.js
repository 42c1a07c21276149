/** Lines in turn: which one is due follows from the server's clock, the same on every screen. */
import { left } from "js/clock.js";
import { hear, isCalm, tell } from "js/words.js";

function turn(list) {
  const items = list.querySelectorAll("[data-turn]");
  const rest = left(list);
  if (!items.length || rest === null) return;
  const elapsed = Math.max(0, Number(list.dataset.seconds) * 1000 - rest);
  const nth = Math.floor(elapsed / (Number(list.dataset.every) * 1000)) + Number(list.dataset.place ?? 0);
  const index = nth % items.length;
  let isNew = false;
  items.forEach((item, n) => {
    if (item.hidden === (n !== index)) return;
    isNew = true;
    item.hidden = n !== index;
    if (!item.hidden && item.isConnected && !isCalm()) item.animate([{ opacity: 0, transform: "translateY(0.4em)" }, { opacity: 1 }], 220);
  });
  if (isNew && list.isConnected) tell("turned");
}

/** Shows the line that is due in every [data-turns]. */
export const turnAll = (root) => root.querySelectorAll("[data-turns]").forEach(turn);

hear("coming", ({ root }) => turnAll(root));
setInterval(turnAll, 1000, document);
turnAll(document);
