/** Prompts that teams are dealt: this phone shows those of my team, each at its time. */
import { mine } from "js/me.js";
import { hear } from "js/words.js";

/** Says in each list which place my team has; js/turns.js begins there. */
function place(root) {
  root.querySelectorAll("[data-deal]").forEach((list) => {
    list.dataset.place = Math.max(0, JSON.parse(list.dataset.deal).indexOf(mine.team?.name));
  });
}

hear("coming", ({ root }) => place(root));
hear("mine", () => place(document));
place(document);
