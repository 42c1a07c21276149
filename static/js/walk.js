/** The walk through the screens: arrows go on, and the sizes that were chosen stay from stop to stop. */
const walk = document.querySelector("[data-walk]");
const KEY = "sourcerie-walk";

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep(name, value) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...kept(), [name]: value }));
  } catch {
    // then each stop begins at its usual size
  }
}

for (const [name, value] of Object.entries(kept())) {
  const radio = [...walk.querySelectorAll(`input[name="${CSS.escape(name)}"]`)].find((one) => one.value === value);
  if (radio) radio.checked = true;
}

walk.addEventListener("change", ({ target }) => keep(target.name, target.value));
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  walk.querySelector(`[data-walk-key="${CSS.escape(event.key)}"]`)?.click();
});
walk.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
