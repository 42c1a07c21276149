/** Keeps the main action above the phone's keyboard, where the browser only shrinks the visual viewport. */
const view = window.visualViewport;

function lift() {
  const under = Math.max(0, innerHeight - view.height - view.offsetTop);
  document.documentElement.style.setProperty("--under", view.scale > 1.01 ? "0px" : `${Math.round(under)}px`);
}

view?.addEventListener("resize", lift);
view?.addEventListener("scroll", lift);
