/**
 * The trial: sets done on this phone without an account, stored until an account has them. {id, day, sets}: the server
 * recognises the trial by `id`, `day` is the day of the first set, and `sets` are events as an outbox sends them.
 */
import { localDay } from "../lib/days.js";
import { readLocal, writeLocal } from "../lib/local-store.js";
import { fixedZone } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";
import { TRIAL_KEY } from "./key.js";

const LONGEST_AGO = 31 * 24 * 3_600_000; // the server begins no plan before that

/** Null without a trial, or with old sets only. */
export function storedTrial() {
  const since = localDay(new Date(Date.now() - LONGEST_AGO), fixedZone());
  const { id, sets: all = [] } = readLocal(TRIAL_KEY) ?? {};
  const sets = all.filter((set) => dayOf(set) >= since);
  const [day] = sets.map(dayOf).sort();
  return day ? { id, day, sets } : null;
}

/** A set under way comes again with each rep, under the same id. */
export function storeSet(event) {
  const { id, sets } = storedTrial() ?? { id: uuid(), sets: [] };
  writeLocal(TRIAL_KEY, { id, sets: [...sets.filter((set) => set.id !== event.id), event] });
}

function dayOf({ completed_at, timezone }) {
  return localDay(new Date(completed_at), timezone);
}
