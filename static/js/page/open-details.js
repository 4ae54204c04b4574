/** The browser says what is wrong with a field only where the field is in sight: a folded part of a form is opened. */
document.addEventListener(
  "invalid",
  ({ target }) => {
    const details = target.closest("details:not([open])");
    if (details) details.open = true;
  },
  true, // this event does not bubble
);

/** What is opened at the lower edge of the screen would stand behind the bar. */
document.addEventListener("click", ({ target }) => {
  const details = target.closest("summary")?.parentElement;
  if (details) requestAnimationFrame(() => details.open && details.scrollIntoView({ block: "nearest" }));
});
