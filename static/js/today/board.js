/**
 * The day as it stands: a pure function of what a page carries and of the facts on this phone. The twin of
 * exercises/pages/board.py; tests/pages/board.json holds both to the same cases. Shares are exact fractions [n, d].
 */
import { SESSION_SLOTS } from "../lib/days.js";

const NOTHING = [0n, 1n];
const RING_GAP = 2.2;
const PILL_HEIGHT = 56;

/**
 * `plan`: [{exercise, reps, seconds: {slot: seconds}, name, art}], due in the slots that have seconds; name and drawing
 * only where they are not those of the row. `sets`: [{id, exercise, slot, reps, dose}], oldest first. `rest`: the reason of a rest
 * day, else empty. `slot`: the session of this hour.
 */
export function boardOf({ plan, sets, rest, slot }) {
  const marks = plan.flatMap((each) => Object.keys(each.seconds).map((of) => markOf(each.exercise, of, sets)));
  const due = rest ? [] : marks;
  const done = due.map(({ fill }) => fill).reduce(sum, NOTHING);
  const sessions = SESSION_SLOTS.map((of) => sessionOf(of, plan, marks));
  return {
    marks,
    extras: plan.map(({ exercise }) => extrasOf(exercise, sets, marks)),
    done: textOf(done),
    due: due.length,
    complete: due.length > 0 && done[0] === done[1] * BigInt(due.length),
    ring: [ringTrack(due.length), ringFill(done, due.length)],
    pill: pillOf(done, due.length),
    now: rest || sessions[SESSION_SLOTS.indexOf(slot)].isComplete ? "" : slot,
    next: nextOf(sessions, SESSION_SLOTS.indexOf(slot)),
  };
}

/**
 * The sets and the rest of a day after these events, in their order. An undo counts wherever it stands. `restIds`: facts
 * that made it a day of rest; those among the events did not.
 */
export function afterFacts({ sets, rest, day, restIds }, events, plan) {
  const undone = new Set(events.map(({ target }) => target));
  const doses = new Map(plan.map(({ exercise, reps }) => [exercise, reps]));
  const made = new Map(sets.map((each) => [each.id, each])); // an event that comes twice is one set
  for (const event of events) if (event.kind === "set" && !made.has(event.id)) made.set(event.id, setOf(event, doses));
  const rests = events.filter((event) => event.kind === "rest_day" && event.day === day && !undone.has(event.id));
  const news = new Set(events.map(({ id }) => id));
  const before = restIds.some((id) => undone.has(id) && !news.has(id)) ? "" : rest;
  return { sets: [...made.values()].filter(({ id }) => !undone.has(id)), rest: rests.map(reasonOf).pop() ?? before };
}

/** Of a form, `on` is a text. */
function reasonOf({ on, reason }) {
  return String(on) === "false" ? "" : reason;
}

function setOf({ id, exercise, slot, reps }, doses) {
  const dose = doses.get(exercise) ?? reps ?? 1;
  return { id, exercise, slot, reps: Number(reps ?? dose), dose };
}

/** The fullest set fills a mark, the first of equals. */
function markOf(exercise, slot, sets) {
  const made = sets.filter((each) => each.exercise === exercise && each.slot === slot);
  const best = made.reduce((fullest, each) => (fullest && !isMore(fillOf(each), fillOf(fullest)) ? fullest : each), null);
  const fill = best ? fillOf(best) : NOTHING;
  return { exercise, slot, fill, share: Number((fill[0] * 100n) / fill[1]), undo: best?.id ?? null };
}

/** Every set of an exercise that fills no mark. */
function extrasOf(exercise, sets, marks) {
  const filling = new Set(marks.map(({ undo }) => undo));
  const others = sets.filter((each) => each.exercise === exercise && !filling.has(each.id));
  return { exercise, count: others.length, undo: others.at(-1)?.id ?? null };
}

function sessionOf(slot, plan, marks) {
  const due = plan.filter(({ seconds }) => slot in seconds);
  const isDone = ({ exercise }) => marks.some((mark) => mark.exercise === exercise && mark.slot === slot && mark.share === 100);
  const left = due.filter((each) => !isDone(each));
  return { slot, left, isComplete: !left.length };
}

/** The session of this hour, else the next later one, else the earliest that is open. */
function nextOf(sessions, hour) {
  const inTurn = [...sessions.slice(hour), ...sessions.slice(0, hour)];
  const next = inTurn.find(({ isComplete }) => !isComplete);
  if (!next) return null;
  const seconds = next.left.map((each) => each.seconds[next.slot]).reduce((all, each) => all + each, 0);
  return {
    slot: next.slot,
    behind: SESSION_SLOTS.indexOf(next.slot) < hour,
    exercise: next.left[0].exercise,
    art: next.left[0].art,
    more: next.left.length - 1,
    minutes: Math.max(1, Math.floor((seconds + 30) / 60)),
  };
}

/** A set does a share of its mark; more reps than the dose still fill it once. */
function fillOf({ reps, dose }) {
  return reps < dose ? [BigInt(reps), BigInt(dose)] : [1n, 1n];
}

function isMore([a, b], [c, d]) {
  return a * d > c * b;
}

/** In lowest terms: of longer ones, Number() would be no longer exact. */
function sum([a, b], [c, d]) {
  const [n, all] = b === d ? [a + c, b] : [a * d + c * b, b * d];
  const common = greatestDivisor(n, all);
  return [n / common, all / common];
}

function greatestDivisor(a, b) {
  return b ? greatestDivisor(b, a % b) : a;
}

/** Sets done, to a tenth; rounded down, so that a part never reads as a whole set. */
function textOf([n, d]) {
  if (n % d === 0n) return Number(n / d);
  const tenths = (n * 10n) / d;
  return Number(tenths > 0n ? tenths : 1n) / 10;
}

/** stroke-dasharray of a ring of `due` arcs. */
function ringTrack(due) {
  return due < 2 ? "100 0" : `${rounded(arcOf(due), 100)} ${RING_GAP}`;
}

/** stroke-dasharray of the sets done: whole arcs, a part of the next one, then one long gap. */
function ringFill([n, d], due) {
  if (due < 2) return `${rounded(100 * (Number(n) / Number(d)), 100)} 100`;
  const arcs = Array(Number(n / d)).fill(arcOf(due));
  if (n % d) arcs.push(arcOf(due) * (Number(n % d) / Number(d)));
  if (!arcs.length) return "0 100";
  return [...arcs.flatMap((arc) => [arc, RING_GAP]).slice(0, -1), 100].map((dash) => rounded(dash, 100)).join(" ");
}

function arcOf(due) {
  return 100 / due - RING_GAP;
}

/** [y, height] of the fill of a day's pill; null if nothing is done. */
function pillOf([n, d], due) {
  if (!n) return null;
  const height = rounded(PILL_HEIGHT * (Number(n) / Number(d * BigInt(due))), 10);
  return [rounded(PILL_HEIGHT - height, 10), height];
}

function rounded(number, parts) {
  return Math.floor(number * parts + 0.5) / parts;
}
