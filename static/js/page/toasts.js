/**
 * Notices. A toast disappears by itself, but not from under a finger. A request without an answer gets a notice, and so
 * does a page from this phone's cache.
 */
const STAYS = 8000;
const toast = document.getElementById("toast");
const unanswered = document.getElementById("unanswered");
let leaving = 0;

const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(() => toast.replaceChildren(), STAYS);
};
const stay = () => clearTimeout(leaving);

for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, stay);
for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, leave);
new MutationObserver(() => toast.hasChildNodes() && leave()).observe(toast, { childList: true });

/** The outbox reports facts without an answer, and a region that fetches itself again can wait. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.elt.closest("[data-stamp], [data-refresh]")) return;
  unanswered.hidden = detail.successful || answers(detail.xhr.status);
});

/** The button in a toast disappears with it: the focus moves on to the element that it was about. */
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const next = detail.requestConfig?.elt.dataset.thenFocus;
  if (next) document.getElementById(next)?.focus();
});

const tellAge = () => document.querySelectorAll("[data-offline]").forEach((age) => (age.hidden = navigator.onLine));
for (const type of ["online", "offline"]) addEventListener(type, tellAge);
tellAge();

/** A rejection brings its own words. No answer, or a broken server, needs ours. */
function answers(status) {
  return status >= 400 && status < 500;
}
