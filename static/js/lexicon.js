/**
 * Warns, kindly, while one types what the law keeps out of a recruitment. The words come from the
 * server once, when they are first needed; what is typed stays on the phone.
 */
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ı: "i" };
let grounds;

/** The text as the server compares it: without case, accents, signs; a space at each end. */
export function folded(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const spelled = plain.replace(/[œæßłøđðþı]/g, (letter) => LETTERS[letter]);
  return ` ${spelled.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

function load() {
  grounds ??= fetch(`/lexicon/${document.documentElement.lang}.json`)
    .then((answer) => answer.json())
    .then((lines) => lines.map(({ label, says, unless }) => ({ label, says: new RegExp(says), unless: unless && new RegExp(unless, "g") })))
    .catch(() => { grounds = undefined; return []; });
  return grounds;
}

async function warn(field) {
  const spot = document.getElementById(field.dataset.lexicon);
  if (!spot) return;
  const text = folded(field.value);
  const found = (await load()).find(({ says, unless }) => says.test(unless ? text.replace(unless, " ") : text));
  if (folded(field.value) !== text) return; // typed on meanwhile
  spot.hidden = !found;
  spot.querySelector("[data-ground]").textContent = found?.label ?? "";
}

document.addEventListener("input", ({ target }) => { if (target.dataset?.lexicon) warn(target); });
document.addEventListener("reset", ({ target }) => {
  target.querySelectorAll("[data-lexicon]").forEach((field) => { document.getElementById(field.dataset.lexicon).hidden = true; });
});
