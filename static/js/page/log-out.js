/** Without a network nobody is logged out: it is said, and nothing is forgotten. */
document.addEventListener("submit", refuseOffline, { capture: true }); // before those that forget

function refuseOffline(event) {
  if (navigator.onLine || !event.target.matches("[data-log-out]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.target.querySelector("[data-log-out-offline]").hidden = false;
}
