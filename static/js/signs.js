/** The signs that prove presence: asked of the server anew when those on the screen have had their time. */
import { hear, page } from "js/words.js";

const LEAST = 1000; // ms
let timer = 0;

async function renew() {
  const place = document.querySelector("[data-signs]");
  if (!place) return;
  try {
    const answer = await fetch(`/projector/${page.key}/signs`);
    if (answer.ok) place.outerHTML = await answer.text();
  } catch {
    // the line is away: the next try is a second away
  }
  wait(document.querySelector("[data-signs]") === place ? LEAST : 0);
}

function wait(least) {
  clearTimeout(timer);
  const place = document.querySelector("[data-signs]");
  if (place) timer = setTimeout(renew, Math.max(LEAST, least || Number(place.dataset.leftMs)));
}

hear("shown", () => wait(0));
wait(0);
