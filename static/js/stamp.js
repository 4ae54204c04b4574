/**
 * Stamps what is posted with what only the phone knows, at the tap: a page that came from a cache would
 * otherwise replay yesterday's id and time. Asked for by `data-stamp` on the form or button; an event that
 * brings its own values in `detail` (a set the timer ran) keeps them.
 */
import { isoWithOffset, zone } from "./now.js";
import { uuid } from "./uuid.js";

const unanswered = new Map();

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.closest("[data-stamp]")) return;
  const now = isoWithOffset(new Date());
  const tap = unanswered.get(nameOf(detail)) ?? { id: uuid(), completed_at: now, timezone: zone() };
  Object.assign(detail.parameters, tap, { sent_at: now }, ownValues(detail.triggeringEvent));
});

/** A tap that got no answer may have arrived all the same: the next tap of that button is the same event again. */
document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
  const { id, completed_at, timezone } = requestConfig.parameters;
  if (xhr.status === 0 || xhr.status >= 500) unanswered.set(nameOf(requestConfig), { id, completed_at, timezone });
  else unanswered.delete(nameOf(requestConfig));
});

/** What the tap asks for: the button and where it leads, for a mark ticks at one time and takes back at another. */
function nameOf({ elt, path }) {
  return `${elt.id} ${path}`;
}

/** What the event says of itself; `detail` of a click or submit is a number, `elt` is htmx's. */
function ownValues(event) {
  if (typeof event?.detail !== "object" || event.detail === null) return {};
  const { elt, ...values } = event.detail;
  return values;
}
