/** What cannot be undone asks for a second tap, on the same button, within four seconds. */
import { words } from "js/words.js";

const GIVE_UP = 4000;
const givesUp = new WeakMap(); // an earlier question's end must not end a later one

/** True on the second tap; the first only asks. */
export function isSecondTap(button) {
  if (button.dataset.asked !== undefined) {
    restore(button);
    return true;
  }
  button.dataset.asked = button.innerHTML;
  button.textContent = button.dataset.again ?? words.again;
  button.classList.add("is-asking");
  givesUp.set(button, setTimeout(restore, GIVE_UP, button));
  return false;
}

function restore(button) {
  clearTimeout(givesUp.get(button));
  if (button.dataset.asked === undefined) return;
  button.innerHTML = button.dataset.asked;
  delete button.dataset.asked;
  button.classList.remove("is-asking");
}
