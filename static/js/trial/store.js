/**
 * The try-out: sets done on this phone without an account, kept until they are in one. {id, day, sets}: `id` is how the
 * server knows it again, `day` is that of the first set, and `sets` are events as an outbox would send them.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";
import { localDay } from "../lib/days.js";
import { zone } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";

export const TRIAL_KEY = "trial";
const LONGEST_AGO = 31 * 24 * 3_600_000; // the server begins no plan before that

/** Null when there is none, or nothing but old sets. */
export function storedTrial() {
  const since = localDay(new Date(Date.now() - LONGEST_AGO), zone());
  const { id, sets: all = [] } = readLocal(TRIAL_KEY) ?? {};
  const sets = all.filter((set) => dayOf(set) >= since);
  const [day] = sets.map(dayOf).sort();
  return day ? { id, day, sets } : null;
}

/** One under way comes again with each rep, under its id. */
export function storeSet(event) {
  const { id, sets } = storedTrial() ?? { id: uuid(), sets: [] };
  writeLocal(TRIAL_KEY, { id, sets: [...sets.filter((set) => set.id !== event.id), event] });
}

function dayOf({ completed_at, timezone }) {
  return localDay(new Date(completed_at), timezone);
}
