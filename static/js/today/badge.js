/** The app's icon shows how many sets of today are still due, where the phone supports it. */
function count() {
  const board = document.querySelector("#today table");
  if (!board) return;
  const due = board.closest("[data-rest]") ? 0 : board.querySelectorAll('tr:not([hidden]) td .mark[aria-pressed="false"]').length;
  navigator.setAppBadge?.(due).catch(() => {}); // 0 clears it
}

for (const type of ["outbox:read", "htmx:afterSettle"]) document.body.addEventListener(type, count);

/** Another user of this phone need not know. */
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-log-out]")) navigator.clearAppBadge?.().catch(() => {});
});
