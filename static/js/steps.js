/** Several questions, one at a time: the first that nobody has answered, then back and forth. */
const PAUSE = 350; // ms to see one's own tick before the next question comes

let way = { round: "", at: -1, section: null };

const stepsOf = (section) => [...section.querySelectorAll("[data-step]")];

/** Shows the step where I am; `isAnswered(step)` says which were answered already. */
export function drawSteps(section, isAnswered) {
  const steps = stepsOf(section);
  if (way.round !== section.dataset.round || way.at < 0) {
    const open = steps.findIndex((step) => !isAnswered(step));
    way = { round: section.dataset.round, at: open < 0 ? steps.length : open };
  }
  way.section = section;
  place();
}

function place() {
  const steps = stepsOf(way.section);
  if (!steps.length) return;
  steps.forEach((step, n) => { step.hidden = n !== way.at; });
  way.section.querySelectorAll("[data-steps-done]").forEach((part) => { part.hidden = way.at < steps.length; });
  way.section.querySelectorAll("[data-step-at]").forEach((spot) => { spot.textContent = Math.min(way.at + 1, steps.length); });
  way.section.querySelectorAll("[data-step-go]").forEach((button) => {
    const to = way.at + Number(button.dataset.stepGo);
    button.disabled = to < 0 || to > steps.length;
  });
}

function go(by) {
  const last = stepsOf(way.section).length;
  way.at = Math.max(0, Math.min(last, way.at + by));
  place();
}

/** Steps follow their buttons and what was answered, as long as the round is here. */
export function followSteps({ on, hear }) {
  way = { round: "", at: -1, section: null };
  on("click", (event) => {
    const button = event.target.closest("[data-step-go]");
    if (button && way.section) go(Number(button.dataset.stepGo));
  });
  hear("sent", ({ form }) => {
    const step = form.closest("[data-step]");
    const at = way.section ? stepsOf(way.section).indexOf(step) : -1;
    if (at >= 0) setTimeout(() => way.at === at && go(1), PAUSE);
  });
}
