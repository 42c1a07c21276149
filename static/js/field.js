/** One field of a form. */

/** Does it say what the page gave it? Spaces around it are nobody's words. */
export function isUntouched(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked === field.defaultChecked;
  if (field.options) return field.value === ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value;
  return field.value.trim() === (field.defaultValue ?? "").trim();
}
