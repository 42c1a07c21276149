/** The whole screen at a key: F, or two clicks; who moves the mouse is told. */
const SHOWN = 2600; // ms
const hint = document.getElementById("full-hint");
let timer = 0;

async function turn() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // this browser keeps its bars; F11 does it too
  }
}

function offer() {
  if (!hint || document.fullscreenElement) return;
  hint.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { hint.hidden = true; }, SHOWN);
}

document.addEventListener("keydown", ({ key, repeat, ctrlKey, metaKey, altKey }) => {
  if (key.toLowerCase() === "f" && !repeat && !ctrlKey && !metaKey && !altKey) turn();
});
document.addEventListener("dblclick", turn);
document.addEventListener("mousemove", offer);
document.addEventListener("fullscreenchange", () => { if (hint) hint.hidden = true; });
