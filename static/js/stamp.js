/**
 * Stamps what is posted with what only the phone knows, at the tap: a page that came from a cache would
 * otherwise replay yesterday's id and time. Asked for by `data-stamp` on the form or button; an event that
 * brings its own values in `detail` (a set the timer ran) keeps them.
 */
import { isoWithOffset, zone } from "./now.js";
import { uuid } from "./uuid.js";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.closest("[data-stamp]")) return;
  const now = isoWithOffset(new Date());
  const stamped = { id: uuid(), completed_at: now, timezone: zone(), sent_at: now };
  Object.assign(detail.parameters, stamped, ownValues(detail.triggeringEvent));
});

/** What the event says of itself; `detail` of a click or submit is a number, `elt` is htmx's. */
function ownValues(event) {
  if (typeof event?.detail !== "object" || event.detail === null) return {};
  const { elt, ...values } = event.detail;
  return values;
}
