/** Short tones, made here: no file to fetch, no rights of others. Browsers let them out after a gesture. */
let ears = null;

/** Can a tone be heard now? */
export const canSound = () => ears?.state === "running";

/** Asks the browser for sound, in or after a gesture: without one it would complain on its console. */
export function wake() {
  ears ??= new AudioContext();
  return ears.resume();
}

/** Plays notes (Hz) one after another, each `gap` seconds later: `loud` of 1, gone after `lasts` seconds. */
export function play(notes, { loud = 0.12, gap = 0.11, lasts = 0.35 } = {}) {
  notes.forEach((pitch, n) => {
    const start = ears.currentTime + n * gap;
    const [tone, volume] = [ears.createOscillator(), ears.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(loud, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
    tone.connect(volume).connect(ears.destination);
    tone.start(start);
    tone.stop(start + lasts + 0.05);
  });
}
