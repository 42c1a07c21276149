/** The board of an evening: drawn anew every few seconds, and kept as it is without a line. */
import "js/fit.js";

const EVERY = 5000;

async function draw() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("screen");
    const shown = document.getElementById("screen");
    const plain = (one) => one.textContent.replace(/\s+/g, " ");
    if (fresh && plain(fresh) !== plain(shown)) {
      shown.replaceWith(fresh);
      window.dispatchEvent(new Event("resize"));
    }
  } catch {
    // no line just now: the board stays
  }
}

setInterval(draw, EVERY);
