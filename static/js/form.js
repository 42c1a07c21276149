/** Forms as plain objects, both ways, and errors at the field they belong to. */
import { isUntouched } from "js/field.js";
import { words } from "js/words.js";

/** What a person fills in: neither buttons nor what the form says of itself. */
const named = (form) =>
  [...form.elements].filter((field) => field.name && !field.name.startsWith("_") && !field.matches("button"));

/** Which fields are no plain text, as the form itself says: "skills:words reasons:list …". */
const shapes = (form) =>
  Object.fromEntries((form.elements._as?.value ?? "").split(" ").filter(Boolean).map((pair) => pair.split(":")));

function valueOf(field, shape) {
  if (shape === "words") return field.value.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);
  return shape === "number" ? Number(field.value) : field.value.trim();
}

/** What a form holds: several choices as a list, a lone checkbox as true or false. */
export function read(form) {
  const values = {};
  const shape = shapes(form);
  for (const field of named(form)) {
    const { name, type, checked, value } = field;
    if (type === "radio") values[name] = checked ? value : (values[name] ?? "");
    else if (shape[name] === "list") values[name] = [...(values[name] ?? []), ...(checked ? [value] : [])];
    else if (type === "checkbox") values[name] = checked;
    else values[name] = valueOf(field, shape[name]);
  }
  return values;
}

/** Puts values into a form; fields that are not named keep theirs. */
export function fill(form, values) {
  for (const field of named(form)) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") {
      field.checked = Array.isArray(value) ? value.includes(field.value) : Boolean(value);
    } else field.value = Array.isArray(value) ? value.join(", ") : (value ?? "");
  }
  form.dispatchEvent(new Event("filled", { bubbles: true }));
}

/** Is it as it came, with nothing put in by anybody? */
export const isBlank = (form) => named(form).every(isUntouched);

const holder = (form, name) => form.elements[name]?.[0] ?? form.elements[name];

/** Shows each text at its field and goes to the first; a text without a field goes to the form's own line. */
export function showErrors(form, fields, text = "") {
  clearErrors(form);
  let first = null;
  for (const [name, message] of Object.entries(fields)) {
    const input = holder(form, name);
    if (!(input instanceof Element)) {
      text ||= message;
      continue;
    }
    mark(input, name, message, form);
    first ??= input;
  }
  const line = form.querySelector(".form-error");
  if (line && (text || first)) {
    line.textContent = first ? "" : text;
    line.hidden = Boolean(first) || !text;
  }
  openAround(first);
  first?.focus({ preventScroll: true });
  (first ?? line)?.closest(".field, .form-error")?.scrollIntoView({ block: "center" });
}

function mark(input, name, message, form) {
  const field = input.closest(".field");
  const line = document.createElement("p");
  line.className = "error";
  line.id = `${form.id}-${name}-error`;
  line.textContent = message;
  field?.classList.add("has-error");
  field?.append(line);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", line.id);
}

function openAround(input) {
  const details = input?.closest("details");
  if (details) details.open = true;
}

/** What holds something is not folded away. */
export const openFilled = (form) => named(form).filter((field) => !isUntouched(field)).forEach(openAround);

export function clearErrors(form) {
  form.querySelectorAll(".error:not(.form-error)").forEach((line) => line.remove());
  form.querySelectorAll(".has-error").forEach((field) => field.classList.remove("has-error"));
  form.querySelectorAll("[aria-invalid]").forEach((input) => {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  });
  const line = form.querySelector(".form-error");
  if (line) line.hidden = true;
}

/** The required fields that are empty, each with what to say there. */
export function missing(form) {
  const values = read(form);
  const lacking = {};
  for (const field of named(form)) {
    if (field.required && (values[field.name] ?? "").length === 0) {
      lacking[field.name] = field.type === "radio" ? words.choose : words.missing;
    }
  }
  return lacking;
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.(".field.has-error");
  if (!field) return;
  field.classList.remove("has-error");
  field.querySelectorAll(".error").forEach((line) => line.remove());
  event.target.removeAttribute("aria-invalid");
});
