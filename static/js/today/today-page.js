/**
 * What Today knows: the days that the page carries (exercises/pages/carried_days.py), the sets of each row, and the facts
 * on this phone that the page does not have yet. A row's `data-sets` is "id slot reps/dose,...".
 */
import { clockNow, slotAt, today } from "../lib/days.js";
import { acknowledgedFacts } from "../outbox/acknowledged.js";
import { isTrusted } from "../page/midnight.js";
import { afterFacts, boardOf } from "./board.js";

const newer = new Set(); // ids of events that waited while this page was open: newer than it, whatever clocks say

/**
 * The board of the day to draw. `known`: all sets of the page and events of this phone, undone ones too; `tooOld`: no day
 * that the page carries. Null on another page.
 */
export function dayToDraw(entries) {
  const root = document.querySelector("[data-carried]");
  if (!root) return null;
  const { until, rests, plans, starts, words } = carriedBy(root);
  const day = isTrusted(root) || today() < root.dataset.day ? root.dataset.day : today();
  const [, plan] = plans.findLast(([since]) => since <= day);
  const sets = day === root.dataset.day ? setsOfToday(root) : [];
  const events = eventsOfToday(root, entries, day);
  const after = afterFacts({ sets, day, ...restOf(root, day, rests[day] ?? "", events) }, events, plan);
  const slot = slotAt(clockNow(), starts, Number(document.body.dataset.dayStart));
  return { root, day, slot, words, known: [...sets, ...events], plan, ...after, tooOld: day > until, ...boardOf({ plan, slot, ...after }) };
}

/** The days that the page carries, and its words. */
export function carriedBy(root) {
  return JSON.parse(root.dataset.carried);
}

/** Keeps what the answer to an undo says of a mark: all sets that are there for it now. */
export function keepSetsOfMark(cell) {
  const row = cell.closest("tr");
  const { slot } = row.closest("table").tHead.rows[0].cells[cell.cellIndex].dataset;
  const before = setsIn(row);
  const first = before.findIndex((each) => each.slot === slot);
  const others = before.filter((each) => each.slot !== slot);
  others.splice(first < 0 ? others.length : first, 0, ...readSets(cell.dataset.setsOfMark));
  row.dataset.sets = others.map(packed).join(",");
}

function setsOfToday(root) {
  return [...root.querySelectorAll("[data-sets]")].flatMap(setsIn);
}

function setsIn({ dataset }) {
  return readSets(dataset.sets).map((each) => ({ ...each, exercise: dataset.exercise }));
}

function readSets(text) {
  return text.split(",").filter(Boolean).map((each) => {
    const [id, slot, reps, dose] = each.split(/[ /]/);
    return { id, slot, reps: Number(reps), dose: Number(dose) };
  });
}

function packed({ id, slot, reps, dose }) {
  return `${id} ${slot} ${reps}/${dose}`;
}

/** The page says why a day is for rest, but not which fact said so. Undone, the end of a rest gives way to its reason. */
function restOf(root, day, reason, events) {
  const had = acknowledgedFacts().filter((entry) => !isNews(root, entry)).map(({ event }) => event);
  const [undoneBefore, undone] = [had, events].map((some) => new Set(some.map(({ target }) => target)));
  const said = had.filter(({ kind, day: of, id }) => kind === "rest_day" && of === day && !undoneBefore.has(id));
  const isEnd = ({ on }) => String(on) === "false";
  const end = said.find((event) => isEnd(event) && undone.has(event.id));
  return { rest: end?.reason ?? reason, restIds: said.filter((event) => !isEnd(event)).map(({ id }) => id) };
}

/** A tap on this page: its answer may come before the outbox is read again. */
export function tappedHere(id) {
  newer.add(id);
}

/** A refreshed page includes them. */
export function pageRefreshed() {
  newer.clear();
}

/** Events of this day in their order: acknowledged after the page was made, then those that wait. */
function eventsOfToday(root, entries, day) {
  const waiting = entries.filter(({ state }) => state === "waiting");
  for (const { id } of waiting) newer.add(id);
  const acknowledged = acknowledgedFacts().filter((entry) => entry.event.kind === "undo" || isNews(root, entry));
  const isOfDay = ({ event, day: ofTap }) => event.kind !== "set" || ofTap === day || (isTrusted(root) && ofTap === today());
  return [...acknowledged, ...waiting].filter(isOfDay).map(({ event }) => event);
}

function isNews(root, { event, at }) {
  return at >= Number(root.dataset.served) || newer.has(event.id);
}
