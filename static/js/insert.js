/** The sheet that adds a round. */
import { command } from "js/commands.js";
import { clearErrors, showErrors } from "js/form.js";
import { hide } from "js/layer.js";

const insert = document.getElementById("insert-form");

function showOptions() {
  insert.querySelectorAll("[data-options]").forEach((part) => {
    const isChosen = part.dataset.options === insert.elements.kind.value;
    part.hidden = !isChosen || !part.querySelector("[name]");
    part.disabled = !isChosen;
  });
}

/** The chosen kind's own options, numbers as numbers. */
function options() {
  const fields = insert.querySelectorAll(`[data-options="${insert.elements.kind.value}"] [name]`);
  const values = {};
  for (const field of fields) {
    if (field.dataset.list !== undefined) values[field.name] = [...(values[field.name] ?? []), ...(field.checked ? [field.value] : [])];
    else if (field.type === "checkbox") values[field.name] = field.checked;
    else values[field.name] = field.type === "number" ? Number(field.value) : field.value;
  }
  return values;
}

insert.addEventListener("change", showOptions);
insert.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearErrors(insert);
  const { kind, brief_id: brief, seconds, warm_up: warmUp } = insert.elements;
  const args = { kind: kind.value, brief_id: brief?.value || null, seconds: Number(seconds.value), options: options(), warm_up: warmUp.checked };
  const error = await command("insert", args);
  if (error) showErrors(insert, error.fields ?? {}, error.text);
  else hide(document.getElementById("insert"));
});
showOptions();
