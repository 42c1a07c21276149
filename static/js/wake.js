/** Keeps the screen from sleeping while one plays, where the browser lets us. */
async function hold() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // a flat battery or plain http: the phone may sleep, and comes back as it was
  }
}

document.addEventListener("visibilitychange", hold);
document.addEventListener("pointerdown", hold, { once: true });
hold();
