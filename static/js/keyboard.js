/**
 * Nothing stands under the phone's keyboard: the main action is lifted above it where the browser
 * only shrinks the visual viewport, and the field that is written in is shown with what sends it.
 */
const LEAST = 120; // pixels that a keyboard takes, and a toolbar of the browser does not
const AIR = 8; // pixels around a field
const WRITTEN = "textarea, input:not([type=radio], [type=checkbox], [type=range], [type=submit])";
const view = window.visualViewport;
let full = { width: 0, height: 0 };

const isUp = () => full.height - view.height > LEAST;

function lift() {
  const under = Math.max(0, innerHeight - view.height - view.offsetTop);
  document.documentElement.style.setProperty("--under", view.scale > 1.01 ? "0px" : `${Math.round(under)}px`);
}

/** A phone that was turned has another height without a keyboard. */
function measure() {
  const { width, height } = view;
  full = { width, height: width === full.width ? Math.max(full.height, height) : height };
}

/** Scrolls so far that field and button are both seen; where there is no room for both, the field. */
function show() {
  const field = document.activeElement;
  if (!isUp() || view.scale > 1.01 || !field?.matches(WRITTEN)) return;
  const { top, bottom } = field.getBoundingClientRect();
  const [first, last] = free(field);
  const wanted = Math.max(bottom + AIR, end(field.form));
  const up = Math.min(Math.max(0, wanted - last), top - AIR - first);
  if (Math.abs(up) > 1) scrollBy(0, up);
}

/** From where to where a field can be seen: below the header, above what sticks to the keyboard. */
function free({ form }) {
  const thumb = form?.querySelector(".thumb");
  const bottom = view.offsetTop + view.height;
  const header = document.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
  return [Math.max(view.offsetTop, header), thumb && sticks(thumb) ? Math.min(bottom, thumb.getBoundingClientRect().top) : bottom];
}

const sticks = (thumb) => getComputedStyle(thumb).position === "sticky";

/** Where the button ends that sends a form, unless it sticks and is seen in any case. */
function end(form) {
  const button = [...(form?.querySelectorAll("[type=submit]") ?? [])].find((one) => one.getClientRects().length);
  const thumb = button?.closest(".thumb");
  return !button || (thumb && sticks(thumb)) ? 0 : button.getBoundingClientRect().bottom + AIR;
}

function follow() {
  measure();
  document.documentElement.toggleAttribute("data-keys", isUp()); // sheets make room
  lift();
  show();
}

if (view) {
  measure();
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", lift);
  document.addEventListener("focusin", () => requestAnimationFrame(show));
}
