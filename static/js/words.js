/** The page's own words, in the reader's language, and where the page says who it is. */
const source = document.getElementById("words");

document.documentElement.dataset.lives = ""; // modules run here: the page need not say otherwise
export const words = source ? JSON.parse(source.textContent) : {};
export const page = document.body.dataset;
export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** `words.key` with its {holes} filled. */
export function say(key, holes = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => holes[name] ?? "");
}

/** A fresh id of 32 hex characters; randomUUID is absent from pages served over plain http. */
export function newId(bytes = 16) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Tells every module of this page that something happened. */
export const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
export const hear = (name, does) => document.addEventListener(name, (event) => does(event.detail));
