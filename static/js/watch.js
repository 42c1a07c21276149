/**
 * A page that shows how far something is brings itself up to date, in its place: the focus, what is
 * open and what is typed stay, and only the end is read out. Without scripts the browser asks anew.
 */
import { announce } from "js/announce.js";
import { isUntouched } from "js/field.js";
import { goToHeading } from "js/heading.js";
import { morph } from "js/morph.js";

const main = document.querySelector("main[data-watch]");
const TOLD = ".said, [data-told]";

/** What leads elsewhere, or does something, is the same where it leads or does: no focus slides on. */
function name(root) {
  const met = {};
  for (const one of root.querySelectorAll("form[action], a[href]")) {
    const at = one.getAttribute("action") ?? one.getAttribute("href");
    met[at] = (met[at] ?? 0) + 1;
    one.id ||= `at-${met[at]}-${at}`;
    [...(one.elements ?? [])].forEach((each, n) => { each.id ||= `${one.id}-${n}`; });
  }
}

/** Forms in which somebody typed are not redrawn. */
function keepTyped(fresh) {
  for (const form of main.querySelectorAll("form")) {
    if (![...form.elements].some((one) => one.matches("input, textarea, select") && !isUntouched(one))) continue;
    form.dataset.keep = form.getAttribute("action");
    const same = [...fresh.querySelectorAll("form")].find((one) => one.getAttribute("action") === form.dataset.keep);
    if (same) same.dataset.keep = form.dataset.keep;
  }
}

/** The one voice reads: what stands there is no region of its own. */
const hush = (root) => root.querySelectorAll("[role=status]").forEach((one) => one.removeAttribute("role"));

function draw(fresh) {
  const had = main.contains(document.activeElement);
  keepTyped(fresh);
  [main, fresh].forEach(name);
  hush(fresh);
  morph(main, [...fresh.childNodes]);
  if (had && document.activeElement === document.body) goToHeading(main);
  if (fresh.dataset.watch) return;
  delete main.dataset.watch;
  const told = [...main.querySelectorAll(TOLD)].map((one) => one.textContent);
  announce([main.querySelector("h1").textContent, ...told].join(". "));
}

async function look() {
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("page");
    if (new URL(answer.url).pathname !== location.pathname || !fresh) return location.assign(answer.url);
    if (answer.ok) draw(fresh);
  } catch {
    // the line comes back, and the next look finds it
  }
  return wait();
}

function wait() {
  if (main.dataset.watch) setTimeout(() => (document.hidden ? wait() : look()), main.dataset.watch * 1000);
}

if (main) {
  hush(main);
  wait();
}
