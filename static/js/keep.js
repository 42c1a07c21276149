/**
 * What a phone keeps of its own: localStorage where it works, else the page's memory.
 * Everything is kept with its time, so that whatever page comes next can sweep what is old.
 */
const OURS = "sourcerie:";
const DAYS = 7;
const STAND = `${OURS}stand:`; // a visitor was thanked for it: it goes when the server has it
const memory = new Map();

function store() {
  try {
    return window.localStorage;
  } catch {
    return null; // storage may be forbidden altogether
  }
}

function unwrap(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function raw(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return store()?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** The value kept under `key`, or `otherwise`. */
export const read = (key, otherwise = null) => unwrap(raw(key)).is ?? otherwise;

/** Keeps a value; `null` forgets it. A full or forbidden storage falls back on memory. */
export function write(key, value) {
  if (value === null) return forget(key);
  const text = JSON.stringify({ at: Date.now(), is: value });
  try {
    store().setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text);
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    store()?.removeItem(key);
  } catch {
    // nothing was kept there
  }
}

/** Would all that is kept survive this page? Where not, it must be said. */
export const isLasting = () => memory.size === 0;

/** The keys that start with `prefix`, in memory and in storage, in the order of their names. */
export function keys(prefix = OURS) {
  let stored = [];
  try {
    stored = Object.keys(store() ?? {});
  } catch {
    // memory alone, then
  }
  return [...new Set([...memory.keys(), ...stored])].filter((key) => key.startsWith(prefix)).sort();
}

/** The values whose keys start with `prefix`. */
export const all = (prefix) => keys(prefix).map((key) => read(key)).filter((value) => value !== null);

/** Forgets what was last touched more than seven days ago, of whichever workshop it was; not a stand's. */
export function sweep(now = Date.now()) {
  for (const key of keys().filter((one) => !one.startsWith(STAND))) {
    const age = now - unwrap(raw(key)).at;
    if (!(Math.abs(age) < DAYS * 24 * 3600 * 1000)) forget(key); // without a time, too
  }
}

window.addEventListener("beforeunload", (event) => {
  if (!isLasting()) event.preventDefault(); // what only this page holds goes with it: the browser asks
});
