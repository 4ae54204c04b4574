/**
 * Forms that tell a fact: `data-fact` on the form, or on its button, is the event's kind, and the fields are the event's
 * own, as exercises/mending.py reads them without a script. They are about the day in the page's `data-about`, else about
 * today. Kept first, then sent, like every fact; `data-told` says so, with the way back. `data-said` shows what waits.
 */
import { dayShown, instantOf } from "../lib/days.js";
import { isSecond } from "../lib/double-tap.js";
import { drain } from "./sender.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { put } from "./outbox.js";
import { isIgnored } from "./htmx-taps.js";
import { uuid } from "../lib/uuid.js";
import { keepAsWritten } from "../lib/dirty-fields.js";

const MOST_DAYS = 31;
const NOON = "12:00";
const DAY = 24 * 3_600_000;
const told = document.getElementById("told");

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const kind = submitter?.dataset.fact ?? form.dataset.fact;
  const events = kind ? eventsOf(kind, fieldsOf(form, submitter)) : [];
  if (!events.length || events.length > MOST_DAYS) return; // the server has words for what cannot be
  event.preventDefault();
  // A list may move up under the finger: its buttons have no id, and count as one.
  if (isIgnored(submitter) || isSecond(submitter.id || kind)) return;
  keepAsWritten(form);
  const row = document.querySelector(`[data-set="${events[0].target}"][data-anew]`);
  tellOf(events, nameOn(form, submitter), wordsTold(form, submitter, events), row?.dataset);
});

/** An empty text takes the former one away. */
function wordsTold(form, submitter, [{ text = "some" }]) {
  return text.trim() ? (submitter.dataset.told ?? form.dataset.told) : form.dataset.toldEmpty;
}

/** Without what only a form without a script needs. */
function fieldsOf(form, submitter) {
  const { csrfmiddlewaretoken, next, ...fields } = Object.fromEntries(new FormData(form));
  return submitter?.name ? { ...fields, [submitter.name]: submitter.value } : fields;
}

function eventsOf(kind, fields) {
  const each = { set: setsOf, undo: ({ target }) => [{ target }] }[kind] ?? saidOf;
  return each(fields).map((about) => ({ kind, id: uuid(), timezone: zone(), ...about }));
}

/** A set of another time, at that given, else at that of its session. */
function setsOf({ mark, exercise, slot, time }) {
  const [ofSlot, ofExercise] = mark?.split("/") ?? [slot, exercise];
  const clock = time || document.querySelector("[data-about]").getAttribute(`data-at-${ofSlot}`) || NOON;
  const at = instantOf(dayShown(), clock, zone(), Number(document.body.dataset.dayStart));
  return [{ exercise: ofExercise, slot: ofSlot, completed_at: isoWithOffset(at), source: "backdated" }];
}

/** What is said of days: of each its own. */
function saidOf({ span, from = dayShown(), until = dayShown(), ...fields }) {
  const said_at = isoWithOffset(new Date());
  const days = (span || `${from}/${until}`).split(" ").flatMap((each) => daysFrom(...each.split("/")));
  return days.map((day) => ({ day, ...fields, said_at }));
}

/** Too many are none: nobody needs more than are refused. */
function daysFrom(one, other) {
  const [first, last] = [Date.parse(one), Date.parse(other)].sort((a, b) => a - b);
  const count = Math.min((last - first) / DAY, MOST_DAYS) + 1 || 0;
  return Array.from({ length: count }, (_, number) => new Date(first + number * DAY).toISOString().slice(0, 10));
}

async function tellOf(events, name, words, row) {
  const day = dayShown();
  for (const event of events) await put({ id: event.id, event, state: "waiting", day, name, anew: row?.set });
  toastUp(words, events, name, row);
  drain();
}

/** In the toast, with the way back: of an undo, which holds for ever, the set of that `row` anew. */
function toastUp(words, events, name, row) {
  const toast = told.content.cloneNode(true).firstElementChild;
  const back = toast.querySelector("button");
  toast.querySelector("p").textContent = words;
  const undone = events.some(({ kind }) => kind === "undo");
  if (undone && !row) back.remove();
  back.addEventListener("click", () => {
    if (undone) return tellOf([{ kind: "set", id: uuid(), ...JSON.parse(row.anew) }], name, row.told, row);
    const undos = events.flatMap(({ id }) => eventsOf("undo", { target: id }));
    tellOf(undos, name, row?.undone ?? told.dataset.undone, row);
  }, { once: true });
  document.getElementById("toast").replaceChildren(toast);
}

function nameOn(form, submitter) {
  const row = submitter.closest("tr, li")?.querySelector("[data-name]");
  return row?.textContent ?? form.elements.exercise?.selectedOptions?.[0].text ?? "";
}

document.body.addEventListener("outbox:read", ({ detail: { entries, stuck } }) => {
  const waiting = entries.filter(({ state }) => state === "waiting");
  const undone = new Set(waiting.map(({ event }) => event.target));
  const said = waiting.filter(({ id, day }) => day === dayShown() && !undone.has(id));
  for (const place of document.querySelectorAll("[data-said]")) {
    const last = said.filter(({ event }) => event.kind === place.dataset.said).pop();
    place.hidden = !(last && stuck);
    if (last) showWaiting(place, last.event);
  }
});

/** The page may have come from this phone, without it. */
function showWaiting(place, { on = "true", text }) {
  for (const words of place.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== String(on);
  const field = place.closest("form")?.elements.text;
  if (field && field.value === field.defaultValue) field.value = field.defaultValue = text;
}
