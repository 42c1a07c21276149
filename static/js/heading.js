/** Where focus goes when what had it is gone: to the heading, which says where one is. */
export function goToHeading(root = document) {
  const heading = root.querySelector("main h1, h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
