/** The door's signs: touched in their order, they fill the four fields; and who waits hears when they may come in. */
const grid = document.querySelector("[data-sign-grid]");
const fields = [...document.querySelectorAll("select[data-sign]")];
const LOOK = 5000; // ms

if (grid) {
  grid.hidden = false;
  grid.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const free = fields.find((field) => !field.value) ?? null;
    if (button.dataset.sign && free) free.value = button.dataset.sign;
    if (button.matches("[data-sign-clear]")) fields.forEach((field) => { field.value = ""; });
    free?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** Somebody lets them in by hand: then this page is the game's. */
async function look() {
  try {
    const answer = await fetch(location.href);
    if (answer.ok && !(await answer.text()).includes("data-waiting")) return location.reload();
  } catch {
    // no network: look again
  }
  setTimeout(look, LOOK);
}

if (document.querySelector("[data-waiting]")) setTimeout(look, LOOK);
