/**
 * The page of a day. While the user chooses rest days, it names the days between From and To. It offers to count days
 * again only when one of them is a rest day: `data-rested` lists these as "2026-11-16/2026-11-22".
 */
import { dateWriter } from "../lib/date-text.js";
import { filled } from "../lib/filled.js";
import "./day-marks.js";

const dateText = dateWriter({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-rested]");
  if (!form) return;
  const other = form.querySelector("[name=span][value='']");
  const [first, last] = [form.elements.from.value, form.elements.until.value].sort();
  if (first) nameOther(other, first, last, form); // else a field is empty
  const { days } = form.querySelector("[name=span]:checked").dataset;
  for (const place of [form, ...form.querySelectorAll("[data-words]")]) {
    place.dataset.toast = filled(place.dataset.words, { days });
  }
});

function nameOther(other, first, last, form) {
  const { rested, fromUntil } = form.dataset;
  const rows = rested.split(" ").filter(Boolean).map((span) => span.split("/"));
  const words = { first: dayText(first), last: dayText(last) };
  other.toggleAttribute("data-rest", rows.some(([from, until]) => from <= last && first <= until));
  other.dataset.days = first === last ? words.first : filled(fromUntil, words);
}

function dayText(day) {
  return dateText(new Date(day));
}

/**
 * A set that was added again, and is still on this phone, takes the place of the undone one, so that the next undo
 * names it.
 */
document.body.addEventListener("outbox:read", ({ detail: { entries } }) => {
  for (const { id, event, restores } of entries) {
    if (!restores || event.kind !== "set") continue;
    document.querySelector(`[data-set="${restores}"]`)?.setAttribute("data-set", id);
    for (const place of document.querySelectorAll(`[name=target][value="${restores}"]`)) place.setAttribute("value", id);
  }
});
