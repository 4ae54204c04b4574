/**
 * Notices. A toast disappears by itself, but not from under a finger. A request without an answer gets a notice, and so
 * does a page from this phone's cache.
 */
const STAYS = 8000;
const toast = document.getElementById("toast");
const unanswered = document.getElementById("unanswered");
let leaving = 0;

/** "Undone.", in the words of the page. */
export const UNDONE = document.getElementById("fact-toast").dataset.undone;

const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(() => toast.replaceChildren(), STAYS);
};
const stay = () => clearTimeout(leaving);

for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, stay);
for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, leave);
new MutationObserver(() => toast.hasChildNodes() && leave()).observe(toast, { childList: true });

/** Not for facts, which the outbox reports, and regions that fetch themselves. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.elt.closest("[data-stamp], [data-refresh]")) return;
  unanswered.hidden = detail.successful || answers(detail.xhr.status);
});

/** Says what was saved; `undo` is called by the button, which is left out without it. */
export function showToast(text, undo) {
  const shown = document.getElementById("fact-toast").content.cloneNode(true).firstElementChild;
  shown.querySelector("p").textContent = text;
  const button = shown.querySelector("button");
  if (undo) button.addEventListener("click", undo, { once: true });
  else button.remove();
  toast.replaceChildren(shown);
}

const tellAge = () => document.querySelectorAll("[data-offline]").forEach((age) => (age.hidden = navigator.onLine));
for (const type of ["online", "offline"]) addEventListener(type, tellAge);
tellAge();

/** A rejection brings its own words. No answer, or a broken server, needs ours. */
function answers(status) {
  return status >= 400 && status < 500;
}
