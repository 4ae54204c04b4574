/** The time and the zone of this phone, as the server expects them. */

/** An instant as ISO 8601 with the phone's offset: "2026-11-22T07:40:12.345+01:00". */
export function isoWithOffset(date) {
  const offset = -date.getTimezoneOffset();
  const wall = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const minutes = Math.abs(offset);
  const pad = (number) => String(number).padStart(2, "0");
  return `${wall}${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** The zone in which the page counts days (IANA name), empty when that is the phone's own. */
export function fixedZone() {
  return document.body.dataset.zone ?? "";
}

/**
 * The name of the zone in which the page counts days. Slow to ask for: a day is counted without it. Not each browser can
 * name its zone: then the server goes by the offset of the instant.
 */
export function zone() {
  return fixedZone() || Intl.DateTimeFormat().resolvedOptions().timeZone;
}
