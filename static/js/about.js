/** What an answer says, in words that stay readable when its form has left the page. */
const ASIDE = "svg, .worth, .optional, .hint, .letter, output, .error";
const OURS = new Set(["slot", "withdraw"]);

function textOf(element) {
  if (!element) return "";
  const copy = element.cloneNode(true);
  copy.querySelectorAll(ASIDE).forEach((part) => part.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

const around = (field) => field.closest("label") ?? field.ownerDocument.querySelector(`label[for="${field.id}"]`);

/** How the form says one value of a field: the text of its choice, else the value itself. */
function said(form, name, value) {
  const choice = form.querySelector(`[name="${name}"][value="${CSS.escape(String(value))}"]`);
  if (choice?.matches("button")) return textOf(choice);
  if (choice?.matches("[type=radio], [type=checkbox]")) return textOf(around(choice));
  const option = form.querySelector(`select[name="${name}"] option[value="${CSS.escape(String(value))}"]`);
  return textOf(option) || String(value);
}

function line(form, name, value) {
  const found = form.elements[name];
  const field = found?.[0] && !found.matches ? found[0] : found;
  if (value === true) return textOf(around(field));
  const label = textOf(field.closest("fieldset")?.querySelector("legend") ?? (field.id ? around(field) : null));
  const text = [value].flat().map((one) => said(form, name, one)).join(", ");
  return label ? `${label} – ${text}` : text;
}

const isFilled = ([name, value]) => !OURS.has(name) && value !== "" && value !== false && [value].flat().length > 0;

/** { kind, title, lines }: the round and the words of an answer, as its form shows them, or as given. */
export function about(form, answer, given = null) {
  const round = document.querySelector("#screen [data-kind]");
  const lines = Object.entries(answer)
    .filter(isFilled)
    .filter(([name]) => form?.elements[name])
    .map(([name, value]) => line(form, name, value));
  return {
    kind: round?.dataset.kind ?? "",
    title: textOf(round?.querySelector("h1")),
    lines: given ?? [form?.dataset.about ?? "", ...lines].filter(Boolean),
  };
}
