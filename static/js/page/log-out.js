/** Without a network nobody can be logged out: says so, and forgets nothing. */
document.addEventListener("submit", refuseOffline, { capture: true }); // before the listeners that forget data

function refuseOffline(event) {
  if (navigator.onLine || !event.target.matches("[data-log-out]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.querySelector("[data-log-out-offline]").hidden = false;
}
