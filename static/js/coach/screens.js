/** The screens of a session: overview, stage, done. One of them is shown at a time. The last cue goes with its screen. */
export function showScreen(root, name) {
  tell(root, "");
  for (const screen of root.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
  window.scrollTo(0, 0);
}

/** A screen reader says the text. */
export function tell(root, text) {
  root.querySelector("[data-live]").textContent = text;
}

/** `options` as of focus(): where a screen begins at its top, the page must not go to the focus. */
export function focusOn(root, name, options) {
  root.querySelector(`[data-focus="${name}"]`)?.focus(options);
}

/**
 * Shows how long the session took (`data-time`), and the words that hold now (`data-when`). `endedOn`: slug of the
 * exercise in which it ended or was stopped.
 */
export function showProgress(root, { seconds, done, steps, isStarted, endedOn }) {
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  for (const element of root.querySelectorAll("[data-time]")) {
    element.textContent = text;
    element.parentElement.hidden = !seconds;
  }
  const isPart = done > 0 && done < steps;
  const counts = { some: done > 0, none: !done, all: done === steps, open: done < steps, part: isPart };
  const lying = root.querySelector("[data-lying]")?.dataset.lying.split(" ") ?? [];
  const isLying = lying.includes(endedOn);
  const holds = { ...counts, lying: isLying, left: isStarted, beginning: !isStarted };
  for (const words of root.querySelectorAll("[data-when]")) words.hidden = !holds[words.dataset.when];
}
