/* What is at fault on the screen: lines that are small, cut, or lie on one another. `must` and `may`
   are selectors: of what is read from the last row, and of what in it is not. */
([must, may]) => {
  const whole = { left: -1, top: -1, right: innerWidth + 1, bottom: innerHeight + 1 };
  const [faults, lines] = [[], []];
  const isIn = (one, box) =>
    one.left >= box.left - 1 && one.right <= box.right + 1 && one.top >= box.top - 1 && one.bottom <= box.bottom + 1;
  const walk = document.createTreeWalker(document.getElementById("screen"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const own = node.parentElement;
    if (!node.data.trim() || own.closest(".sr, [aria-hidden=true]")) continue;
    const style = getComputedStyle(own);
    if (style.visibility === "hidden") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(style.fontSize) / innerHeight;
    const said = node.data.trim().slice(0, 40);
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (!rects.length) continue;
    const isRead = own.closest(must) && !own.closest(may);
    if (size < (isRead ? 0.0399 : 0.0249)) faults.push(`${said}: ${(100 * size).toFixed(2)} %`);
    for (const { left, right, top, bottom } of rects) {
      const middle = (top + bottom) / 2;
      const half = (parseFloat(style.fontSize) * 0.36); // what is seen of a line: not its leading
      const line = { own, said, left, right, top: middle - half, bottom: middle + half };
      for (let box = own; box; box = box.parentElement) {
        const clips = getComputedStyle(box).overflow !== "visible" || box === document.body;
        const edge = box === document.body ? whole : clips ? box.getBoundingClientRect() : null;
        if (!edge) continue;
        if (!isIn(line, edge)) {
          faults.push(`cut: ${said}`);
          break;
        }
      }
      lines.push(line);
    }
  }
  const qr = document.querySelector("#screen .qr")?.getBoundingClientRect();
  if (qr && (qr.width < 0.29 * innerHeight || !isIn(qr, whole))) faults.push("the code is small or cut");
  if (qr) lines.push({ said: "the code", left: qr.left, right: qr.right, top: qr.top, bottom: qr.bottom });
  lines.forEach((one, n) => lines.slice(n + 1).forEach((two) => {
    const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (wide > 2 && high > 2) faults.push(`overlap: ${one.said} / ${two.said}`);
  }));
  return [...new Set(faults)];
}
