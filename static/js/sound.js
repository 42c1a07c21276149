/** The sound of an interview: recorded in the page once the person has agreed, then handed over. */
const ground = document.getElementById("sound");
const form = ground.querySelector("form");
const part = (name) => ground.querySelector(`[data-${name}]`);
const { base, most } = ground.dataset;
const LONGEST = 3 * 3600 * 1000; // milliseconds
const BITS = 32_000; // a second: speech needs no more
const LOOK = 2000; // milliseconds between two looks at how far hearing is
let recorder = null;
let kept = null; // what was recorded and has not arrived yet: {id, blob}
let began = 0;

const isBusy = () => recorder !== null || kept !== null;

function show(...names) {
  for (const name of ["record", "stop", "again", "drop"]) part(name).hidden = !names.includes(name);
}

function say(text) {
  part("fault").textContent = text;
  part("fault").hidden = !text;
}

function body(more = {}) {
  const made = new FormData();
  made.set("csrf_token", form.elements.csrf_token.value);
  for (const [name, value] of Object.entries(more)) made.set(name, value);
  return made;
}

/** Asks for what the page shows now, and puts its parts in the place of the old ones. */
async function refresh(answer) {
  const fresh = new DOMParser().parseFromString(await (answer ?? (await fetch(base))).text(), "text/html");
  for (const old of document.querySelectorAll("[data-fresh]")) {
    const now = fresh.getElementById(old.id);
    const isTyped = [...old.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue);
    if (now && (answer || !isTyped)) old.replaceWith(now);
  }
  follow();
}

let looking = 0;
function follow() {
  clearTimeout(looking);
  if (document.querySelector("#heard[data-going]")) looking = setTimeout(() => refresh().catch(follow), LOOK);
}

async function record() {
  say("");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return say(ground.dataset.refused);
  }
  const release = () => stream.getTracks().forEach((track) => track.stop());
  const agreed = form.elements.sound_agreed.checked ? "1" : "";
  let told;
  try {
    told = await (await fetch(`${base}/sound/agree`, { method: "POST", body: body({ sound_agreed: agreed }) })).json();
  } catch {
    told = { fault: ground.dataset.lost };
  }
  if (!told.id) {
    release();
    return say(told.fault);
  }
  const pieces = [];
  let size = 0;
  recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS });
  recorder.addEventListener("dataavailable", ({ data }) => {
    pieces.push(data);
    size += data.size;
    tick();
    if (size > most * 0.98 || Date.now() - began > LONGEST * 0.99) stop();
  });
  recorder.addEventListener("stop", () => {
    release();
    kept = { id: told.id, blob: new Blob(pieces, { type: recorder.mimeType }) };
    recorder = null;
    part("clock").textContent = "";
    hand();
  });
  began = Date.now();
  recorder.start(1000);
  show("stop");
}

function tick() {
  const seconds = Math.floor((Date.now() - began) / 1000);
  part("clock").textContent = `● ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function stop() {
  if (recorder?.state === "recording") recorder.stop();
}

async function hand() {
  say("");
  show();
  try {
    const answer = await fetch(`${base}/sounds/${kept.id}`, { method: "POST", body: body({ sound: kept.blob }) });
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      throw new Error(told.fault ?? ground.dataset.lost);
    }
    kept = null;
    form.elements.sound_agreed.checked = false;
    show("record");
    await refresh();
  } catch (error) {
    if (!kept) return;
    say(error instanceof TypeError ? ground.dataset.lost : error.message);
    show("again", "drop");
  }
}

async function drop() {
  const { id } = kept;
  kept = null;
  say("");
  show("record");
  await fetch(`${base}/sounds/${id}/stop`, { method: "POST", body: body() });
  await refresh();
}

part("record").addEventListener("click", record);
part("stop").addEventListener("click", stop);
part("again").addEventListener("click", hand);
part("drop").addEventListener("click", drop);

// a new page would end the recording: what is tapped meanwhile goes without one
document.addEventListener("submit", async (event) => {
  if (!isBusy() || event.target === form || !event.target.closest("[data-fresh]")) return;
  event.preventDefault();
  say("");
  try {
    const sent = new URLSearchParams(new FormData(event.target, event.submitter));
    await refresh(await fetch(event.target.action, { method: "POST", body: sent }));
    document.querySelector("#talk textarea")?.focus({ preventScroll: true });
  } catch {
    say(ground.dataset.untapped);
  }
});

addEventListener("beforeunload", (event) => {
  if (isBusy()) event.preventDefault();
});

if (navigator.mediaDevices?.getUserMedia && "MediaRecorder" in globalThis) {
  part("recorder").hidden = false;
  show("record");
}
follow();
