/**
 * A page that answers a form sent without scripts: what was typed stands in it. It becomes what it
 * would have been with scripts, a draft or a kept answer; the address becomes the page's own.
 */
import * as draft from "js/draft.js";
import { fill, read } from "js/form.js";
import * as kept from "js/kept.js";
import { hear, page } from "js/words.js";

/** What the server filled in is no default: an emptied form is empty. */
function clearDefaults(form) {
  form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox], [type=range])").forEach((field) => field.removeAttribute("value"));
  form.querySelectorAll("[checked], option[selected]").forEach((field) => ["checked", "selected"].forEach((name) => field.removeAttribute(name)));
  form.querySelectorAll("textarea").forEach((field) => { field.textContent = ""; });
}

function takeForm(form) {
  const typed = read(form);
  clearDefaults(form);
  fill(form, typed);
  if (form.matches("[data-draft]")) draft.save(form);
}

function takeAnswer(section) {
  kept.put(JSON.parse(section.dataset.unplaced));
  section.remove();
}

if (page.player) {
  document.querySelectorAll("form[data-came-back]").forEach(takeForm);
  document.querySelectorAll("[data-unplaced]").forEach(takeAnswer);
  const own = `/${page.code}`;
  if (location.pathname !== own || location.search) history.replaceState(null, "", own);
  hear("shown", () => document.getElementById("noted")?.replaceChildren());
}
