/**
 * Forms that record a fact: `data-fact` on the form or on its button is the event's kind. The fields are those that
 * exercises/record/corrections.py reads when there is no script. They are about the day in the page's `data-about`,
 * else about today. `data-toast` is the text of the toast, which offers an undo; `data-pending` is where a waiting fact is
 * shown.
 */
import { dayShown, instantOf } from "../lib/days.js";
import { markClean } from "../lib/dirty-fields.js";
import { isSecondTap } from "../lib/double-tap.js";
import { fixedZone, isoWithOffset, zone } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";
import { showToast, UNDONE } from "../page/toasts.js";
import { recordFacts } from "./facts.js";
import { isIgnored } from "./htmx-taps.js";

const DAY = 24 * 3_600_000; // milliseconds

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const kind = submitter?.dataset.fact ?? form.dataset.fact;
  const mostDays = Number(form.dataset.mostDays ?? 1);
  const events = kind ? eventsOf(kind, fieldsOf(form, submitter), mostDays) : [];
  if (!events.length || events.length > mostDays) return; // the server has the words for what is wrong
  event.preventDefault();
  // A list may move up under the finger: its buttons have no id, and count as one.
  if (isIgnored(submitter) || isSecondTap(submitter.id || kind)) return;
  markClean(form);
  const row = document.querySelector(`[data-set="${events[0].target}"][data-restore]`);
  record(events, nameOn(form, submitter), toastText(form, submitter, events), row);
});

/** An empty text removes the note. */
function toastText(form, submitter, [{ text = "some" }]) {
  return text.trim() ? (submitter.dataset.toast ?? form.dataset.toast) : form.dataset.toastEmpty;
}

/** Leaves out the fields that only the server's own forms need. */
function fieldsOf(form, submitter) {
  const { csrfmiddlewaretoken, next, ...fields } = Object.fromEntries(new FormData(form));
  return submitter?.name ? { ...fields, [submitter.name]: submitter.value } : fields;
}

function eventsOf(kind, fields, mostDays) {
  const readFields = { set: setsOf, undo: ({ target }) => [{ target }] }[kind] ?? dayFactsOf;
  return readFields(fields, mostDays).map((about) => ({ kind, id: uuid(), timezone: zone(), ...about }));
}

/** A set that is added later: at the given time, else at the time of its session. `mark` is "morning/toe-presses". */
function setsOf({ mark, exercise, slot, time }) {
  const [inSlot, ofExercise] = mark?.split("/") ?? [slot, exercise];
  const clock = time || document.querySelector("[data-about]").getAttribute(`data-at-${inSlot}`);
  const at = instantOf(dayShown(), clock, fixedZone(), Number(document.body.dataset.dayStart));
  return [{ exercise: ofExercise, slot: inSlot, completed_at: isoWithOffset(at), source: "backdated" }];
}

/** One fact for each day. `span` is "2026-11-16/2026-11-22", or several of these. */
function dayFactsOf({ span, from = dayShown(), until = dayShown(), ...fields }, mostDays) {
  const said_at = isoWithOffset(new Date());
  const days = (span || `${from}/${until}`).split(" ").flatMap((each) => daysBetween(...each.split("/"), mostDays));
  return days.map((day) => ({ day, ...fields, said_at }));
}

/** Stops one day after the limit, which is enough to see that there are too many. */
function daysBetween(one, other, mostDays) {
  const [first, last] = [Date.parse(one), Date.parse(other)].sort((a, b) => a - b);
  const count = Math.min((last - first) / DAY, mostDays) + 1 || 0;
  return Array.from({ length: count }, (_, number) => new Date(first + number * DAY).toISOString().slice(0, 10));
}

/** `row`: the list item of the set that these events undo or restore. */
async function record(events, name, text, row) {
  await recordFacts(events, { day: dayShown(), name, restores: row?.dataset.set });
  showToast(text, wayBack(events, name, row));
}

/** An undo cannot be undone, so its toast offers to add the set of that `row` again. */
function wayBack(events, name, row) {
  const isUndo = events.some(({ kind }) => kind === "undo");
  if (isUndo && !row) return null;
  const restored = () => ({ kind: "set", id: uuid(), ...JSON.parse(row.dataset.restore) });
  if (isUndo) return () => record([restored()], name, row.dataset.toast, row);
  const undos = () => events.flatMap(({ id }) => eventsOf("undo", { target: id }));
  return () => record(undos(), name, row?.dataset.undone ?? UNDONE, row);
}

function nameOn(form, submitter) {
  const row = submitter.closest("tr, li")?.querySelector("[data-name]");
  return row?.textContent ?? form.elements.exercise?.selectedOptions?.[0].text ?? "";
}

document.body.addEventListener("outbox:read", ({ detail: { entries, stuck } }) => {
  const waiting = entries.filter(({ state }) => state === "waiting");
  const undone = new Set(waiting.map(({ event }) => event.target));
  const ofThisDay = waiting.filter(({ id, day }) => day === dayShown() && !undone.has(id));
  for (const place of document.querySelectorAll("[data-pending]")) {
    const last = ofThisDay.filter(({ event }) => event.kind === place.dataset.pending).pop();
    place.hidden = !(last && stuck);
    if (last) showWaiting(place, last.event);
  }
});

/** The page may come from this phone's cache, without the waiting text. */
function showWaiting(place, { on = "true", text }) {
  for (const words of place.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== String(on);
  const field = place.closest("form")?.elements.text;
  if (field && field.value === field.defaultValue) field.value = field.defaultValue = text;
}
