/** The app's icon shows how many sets of today are still due, where the phone supports it. Counts the marks as drawn. */
export function countDue() {
  const board = document.querySelector("#today table");
  if (!board) return;
  const due = board.closest("[data-rest]") ? 0 : board.querySelectorAll('tr:not([hidden]) td .mark[aria-pressed="false"]').length;
  navigator.setAppBadge?.(due).catch(() => {}); // 0 clears it
}

/** Another user of this phone need not know. */
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-log-out]")) navigator.clearAppBadge?.().catch(() => {});
});
