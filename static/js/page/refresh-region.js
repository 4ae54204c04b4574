/**
 * Regions that fetch themselves (`data-refresh`): only a page of the same user may replace them. A swap must not
 * lose what the user types or chooses, so the region is fetched again after that is sent.
 */
import { isDirty } from "../lib/dirty-fields.js";
import { isLive } from "../outbox/htmx-taps.js";
import { user } from "../outbox/outbox.js";

const TRY_AGAIN = 5000;
let nextTry;
let hadFocus = false; // the focus was in the swapped region
let wasLate = false; // it came while a tap was being sent, whose answer brings less

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig.elt.matches("[data-refresh]")) return;
  wasLate = isLive();
  detail.shouldSwap &&= isOwn(detail.xhr) && !wasLate && !isDirty(detail.target);
  hadFocus = detail.shouldSwap && detail.target.contains(document.activeElement);
});

/** Sent marks stay painted until the server's own marks come. */
document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
  if (!requestConfig.elt.matches("[data-refresh]")) return;
  clearTimeout(nextTry);
  if (!isOwn(xhr) || wasLate) nextTry = setTimeout(fetchAgain, TRY_AGAIN);
});

/** When the focused element is gone, the new heading gets the focus. */
document.addEventListener("htmx:afterSettle", ({ detail: { elt, requestConfig } }) => {
  if (!requestConfig?.elt.matches("[data-refresh]") || !hadFocus || document.activeElement !== document.body) return;
  const heading = elt.querySelector("h1, h2");
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
});

/** A captive portal also answers 200. */
function isOwn({ status, responseText }) {
  return status === 200 && responseText.includes(`<body data-user="${user}"`);
}

function fetchAgain() {
  document.body.dispatchEvent(new CustomEvent("refresh:again"));
}
