/**
 * The day of an instant, by the rule of exercises/rules/days.py, and the session of an hour. tests/rules/days.json and
 * instants.json hold both to the same cases, tests/pages/board.json holds `slotAt`.
 */
import { fixedZone } from "./phone-time.js";

const [MINUTE, HOUR] = [60_000, 3_600_000];
export const SESSION_SLOTS = ["morning", "midday", "evening"];
const FIELDS = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", hourCycle: "h23" };
const clocks = {}; // of each zone: a clock takes long to make

/** "2026-11-22": the day that `instant` (a Date) belongs to, by the wall clock of `timeZone`; of the phone, if empty. */
export function localDay(instant, timeZone, startsAt = 0) {
  // Subtract the hours from the wall clock: from the instant, they would be an hour wrong on the nights clocks change.
  return new Date(wallOf(instant, timeZone) - startsAt * HOUR).toISOString().slice(0, 10);
}

/** The instant of `clock` ("07:30") on that day, as a Date. */
export function instantOf(day, clock, timeZone, startsAt = 0) {
  const nightAfter = Number(clock.slice(0, 2)) < startsAt;
  const wall = Date.parse(`${day}T${clock}Z`) + (nightAfter ? 24 * HOUR : 0);
  const offsetAt = (time) => wallOf(new Date(time), timeZone) - time;
  // Reads the offset a day before and a day after: of an hour that came twice, the first counts.
  const readings = [-24, 24].map((hours) => wall - offsetAt(wall + hours * HOUR));
  const exact = readings.find((time) => time + offsetAt(time) === wall);
  const ofThatDay = (time) => localDay(new Date(time), timeZone, startsAt) === day;
  return new Date(exact ?? readings.find(ofThatDay) ?? readings[0]);
}

/** Milliseconds of the wall clock, to the minute, read as UTC. */
function wallOf(instant, timeZone) {
  const clock = clockOf(timeZone);
  if (!clock) return Math.floor(instant / MINUTE - instant.getTimezoneOffset()) * MINUTE;
  const wall = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
}

/** None for the phone's own zone, and for one that is younger than this phone: a tap must not be lost. */
function clockOf(timeZone) {
  try {
    clocks[timeZone] ??= timeZone && new Intl.DateTimeFormat("en", { ...FIELDS, timeZone });
  } catch {
    clocks[timeZone] = "";
  }
  return clocks[timeZone];
}

/** The session of this hour: the last one that has started, or the first one before any has. `starts`: ["07:30", ...]. */
export function slotAt(clock, starts, dayStartsAt) {
  const intoTheDay = (time) => `${(Number(time.slice(0, 2)) + 24 - dayStartsAt) % 24}`.padStart(2, "0") + time.slice(2);
  const timed = starts.map((start, place) => [intoTheDay(start), SESSION_SLOTS[place]]);
  const inTurn = timed.sort(([one], [other]) => one.localeCompare(other));
  return (inTurn.findLast(([start]) => start <= intoTheDay(clock)) ?? inTurn[0])[1];
}

/** "07:30" on the wall of the page's zone. */
export function clockNow() {
  return new Date(wallOf(new Date(), fixedZone())).toISOString().slice(11, 16);
}

/** The day that a page is about: today, unless the page names another. */
export function dayShown() {
  return document.querySelector("[data-about]")?.dataset.about ?? today();
}

/** The user's day now, or `hoursAgo`. */
export function today(hoursAgo = 0) {
  return localDay(new Date(Date.now() - hoursAgo * HOUR), fixedZone(), Number(document.body.dataset.dayStart));
}
