/**
 * Keeps the screen from sleeping while one plays: by the browser's wake lock or, where there is none
 * (plain http, iOS of before 2023), by a tiny silent film that plays on and on from the first tap.
 */
const page = document.body.dataset;
const hasLock = "wakeLock" in navigator;
let film = null;

async function lock() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock.request("screen");
  } catch {
    // a flat battery: the phone may sleep, and comes back as it was
  }
}

/** The film comes whole before it is shown: Safari plays nothing from a server that gives no ranges. */
async function bring() {
  const video = document.createElement("video");
  const name = video.canPlayType("video/mp4") ? page.mp4 : page.webm;
  if (!name) return;
  video.src = URL.createObjectURL(await (await fetch(name)).blob());
  video.loop = true;
  video.playsInline = true;
  video.className = "awake";
  video.setAttribute("aria-hidden", "true");
  video.addEventListener("timeupdate", () => {
    if (video.currentTime > 0.5) video.currentTime = Math.random() / 4; // one that ends lets the phone sleep
  });
  document.body.append(video);
  film = video;
}

const play = () => film?.paused && film.play().catch(() => {}); // refused without a tap: the next one comes

if (hasLock) {
  document.addEventListener("visibilitychange", lock);
  document.addEventListener("pointerdown", lock, { once: true });
  lock();
} else {
  // whoever came in by the door has tapped already; a phone that sleeps comes back as it was
  bring().then(play).catch(() => {});
  document.addEventListener("click", play);
}
