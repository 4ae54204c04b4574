/**
 * Days of rest as they are chosen: what the days between From and To are called, and whether any of them is rest already.
 * Only then the form offers to count them again. `data-rested` of the form tells all rest days, as "2026-11-16/2026-11-22".
 */
document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-rested]");
  if (!form) return;
  const other = form.querySelector("[name=span][value='']");
  const [first, last] = [form.elements.from.value, form.elements.until.value].sort();
  if (!first) return; // one of them is empty
  const rested = form.dataset.rested.split(" ").filter(Boolean).map((span) => span.split("/"));
  other.toggleAttribute("data-rest", rested.some(([from, until]) => from <= last && first <= until));
  const words = { first: dayText(first), last: dayText(last) };
  other.dataset.days = first === last ? words.first : form.dataset.fromUntil.replace(/\{(\w+)\}/g, (_, end) => words[end]);
});

function dayText(day) {
  const words = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang, words).format(new Date(day));
}
