/** Notices: a toast goes by itself, but not from under a finger; a request that got no answer says so. */
const STAYS = 8000;
const toast = document.getElementById("toast");
const unsaved = document.getElementById("unsaved");
let timer = 0;

const leave = () => {
  clearTimeout(timer);
  timer = setTimeout(() => toast.replaceChildren(), STAYS);
};
const stay = () => clearTimeout(timer);

for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, stay);
for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, leave);
new MutationObserver(() => toast.hasChildNodes() && leave()).observe(toast, { childList: true });

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  unsaved.hidden = detail.successful || answers(detail.xhr.status);
});

/** The button in a toast goes with the toast: the focus goes on to what it was about. */
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const next = detail.requestConfig?.elt.dataset.thenFocus;
  if (next) document.getElementById(next)?.focus();
});

/** A refusal brings its own words; no answer at all, or a broken server, needs ours. */
function answers(status) {
  return status >= 400 && status < 500;
}
