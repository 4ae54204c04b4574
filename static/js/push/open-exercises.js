/** What is still open of a message's slot, by the facts on this phone: a pure function. */
import { undosOf } from "../lib/undone-sets.js";

const DONE = ["waiting", "acknowledged"]; // an open set may still change, a rejected one does not count

/**
 * `message`: {user, day, slot, reps}, `reps` those that fill a mark, by exercise. Returns the reps of the exercises that
 * no set in `entries` fills. A set without reps was ticked off, so it is whole.
 */
export function openExercises({ user, day, slot, reps }, entries) {
  const undone = undosOf(entries);
  const isOfSlot = ({ user: whose, day: of, event }) => whose === user && of === day && event.kind === "set" && event.slot === slot;
  const sets = entries.filter((entry) => isOfSlot(entry) && DONE.includes(entry.state) && !undone.has(entry.id));
  const filled = new Set(sets.filter(({ event }) => Number(event.reps ?? Infinity) >= reps[event.exercise]).map(({ event }) => event.exercise));
  return Object.fromEntries(Object.entries(reps).filter(([exercise]) => !filled.has(exercise)));
}
