/** The one thing that covers the page: the game went to another tab, or this player is out. */
export function cover(name) {
  uncover();
  const template = document.getElementById(name);
  if (!template) return;
  const layer = document.createElement("div");
  layer.id = "cover";
  layer.className = "cover-layer";
  layer.append(template.content.cloneNode(true));
  document.body.append(layer);
  document.getElementById("screen").inert = true;
  layer.querySelector("button, a")?.focus();
}

export function uncover() {
  document.getElementById("cover")?.remove();
  document.getElementById("screen").inert = false;
}
