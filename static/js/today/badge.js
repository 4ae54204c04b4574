/** The app's icon tells how many sets of today are still due, where the phone shows that. */
function count() {
  const board = document.querySelector("#today table");
  if (!board) return;
  const due = board.closest("[data-rest]") ? 0 : board.querySelectorAll('td .mark[aria-pressed="false"]').length;
  navigator.setAppBadge?.(due).catch(() => {}); // 0 takes it away
}

for (const type of ["outbox:read", "htmx:afterSettle"]) document.body.addEventListener(type, count);

/** Another user of this phone need not know. */
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-log-out]")) navigator.clearAppBadge?.().catch(() => {});
});
