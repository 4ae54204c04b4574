/** The screens of a session: overview, stage, done. One is shown at a time. */
export function showScreen(root, name) {
  for (const screen of root.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
  window.scrollTo(0, 0);
}

export function focusOn(root, name) {
  root.querySelector(`[data-focus="${name}"]`)?.focus();
}
