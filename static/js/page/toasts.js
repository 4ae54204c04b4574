/**
 * Notices: a toast goes by itself, but not from under a finger; a request that got no answer says so, and so does a page
 * that this phone kept and that nothing is painted over.
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

/** A fact that got no answer is told by the outbox, and a region that fetches itself anew has time. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.elt.closest("[data-stamp], [data-refresh]")) return;
  unanswered.hidden = detail.successful || answers(detail.xhr.status);
});

/** The button in a toast goes with the toast: the focus goes on to what it was about. */
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const next = detail.requestConfig?.elt.dataset.thenFocus;
  if (next) document.getElementById(next)?.focus();
});

const tellAge = () => document.querySelectorAll("[data-offline]").forEach((age) => (age.hidden = navigator.onLine));
for (const type of ["online", "offline"]) addEventListener(type, tellAge);
tellAge();

/** A refusal brings its own words; no answer at all, or a broken server, needs ours. */
function answers(status) {
  return status >= 400 && status < 500;
}
