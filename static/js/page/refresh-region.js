/**
 * Regions that fetch themselves anew (`data-refresh`): only a page of this user's own may take their place. What somebody
 * types or chooses is not to go with it: the region comes anew when that is sent.
 */
import { user } from "../outbox/outbox.js";
import { isLive } from "../outbox/htmx-taps.js";
import { isDirty } from "../lib/dirty-fields.js";

const TRY_AGAIN = 5000;
let nextTry;
let hadFocus = false; // the focus was in what is swapped

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig.elt.matches("[data-refresh]")) return;
  detail.shouldSwap = isOwn(detail.xhr) && !isLive() && !isDirty(detail.target);
  hadFocus = detail.shouldSwap && detail.target.contains(document.activeElement);
});

/** What was sent stays painted as it was until the server's own marks come. */
document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
  if (!requestConfig.elt.matches("[data-refresh]")) return;
  clearTimeout(nextTry);
  if (!isOwn(xhr)) nextTry = setTimeout(fetchAgain, TRY_AGAIN);
});

/** What had the focus may be gone: it goes on to the heading of what came. */
document.addEventListener("htmx:afterSettle", ({ detail: { elt, requestConfig } }) => {
  if (!requestConfig?.elt.matches("[data-refresh]") || !hadFocus || document.activeElement !== document.body) return;
  const heading = elt.querySelector("h1, h2");
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
});

/** A captive portal answers 200 as well. */
function isOwn({ status, responseText }) {
  return status === 200 && responseText.includes(`<body data-user="${user}"`);
}

function fetchAgain() {
  document.body.dispatchEvent(new CustomEvent("refresh:again"));
}
