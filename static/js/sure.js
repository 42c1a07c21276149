/** What cannot be taken back is asked about once more, where its form says so. */
document.addEventListener("submit", (event) => {
  const { confirm: question } = event.target.dataset;
  if (question && !confirm(question)) event.preventDefault();
}, true);
