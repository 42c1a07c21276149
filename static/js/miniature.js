/** The frame in which the remote shows what the room sees: a whole projector, made as small as fits. */
const WIDTH = 1280;
const frame = document.querySelector("[data-miniature]");
const inner = frame?.querySelector("iframe");

function fit() {
  inner.style.transform = `scale(${frame.clientWidth / WIDTH})`;
}

if (inner) {
  new ResizeObserver(fit).observe(frame);
  fit();
}
