/** What a phone keeps of its own: localStorage where it works, else the page's memory. */
const memory = new Map();

function store() {
  try {
    return window.localStorage;
  } catch {
    return null; // storage may be forbidden altogether
  }
}

/** The value kept under `key`, or `otherwise`. */
export function read(key, otherwise = null) {
  try {
    const text = memory.get(key) ?? store()?.getItem(key);
    return text == null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** Keeps a value; `null` forgets it. A full or forbidden storage falls back on memory. */
export function write(key, value) {
  if (value === null) return forget(key);
  const text = JSON.stringify(value);
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

/** Forgets everything whose key starts with `prefix`. */
export function forgetAll(prefix) {
  let keys = [...memory.keys()];
  try {
    keys = keys.concat(Object.keys(store() ?? {}));
  } catch {
    // memory alone, then
  }
  keys.filter((key) => key.startsWith(prefix)).forEach(forget);
}
