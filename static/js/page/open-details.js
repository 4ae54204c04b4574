/** What is opened at the lower edge of the screen would stand behind the bar. */
document.addEventListener("click", ({ target }) => {
  const details = target.closest("summary")?.parentElement;
  if (details) requestAnimationFrame(() => details.open && details.scrollIntoView({ block: "nearest" }));
});
