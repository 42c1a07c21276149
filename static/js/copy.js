/** Copying, also where a page served over plain http has no clipboard. */
import { top } from "js/layer.js";
import { toast } from "js/toast.js";
import { words } from "js/words.js";

function copyFromField(text) {
  const field = document.createElement("textarea");
  field.value = text;
  top().append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** Puts a text where it can be pasted from, and says so. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyFromField(text);
  }
  toast(words.copied);
}
