/**
 * The try-out: sets done on this phone without an account, kept until they are in one. {id, day, sets}: `id` is how the
 * server knows it again, `day` is that of the first set, and `sets` are events as an outbox would send them.
 */
import { keep, kept } from "../lib/local-store.js";
import { localDay } from "../lib/days.js";
import { zone } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";

const TRY_OUT = "tryout";
const LONGEST_AGO = 31 * 24 * 3_600_000; // the server begins no plan before that

/** Null when there is none, or nothing but old sets. */
export function tryOut() {
  const since = localDay(new Date(Date.now() - LONGEST_AGO), zone());
  const { id, sets: all = [] } = kept(TRY_OUT) ?? {};
  const sets = all.filter((set) => dayOf(set) >= since);
  const [day] = sets.map(dayOf).sort();
  return day ? { id, day, sets } : null;
}

/** One under way comes again with each rep, under its id. */
export function keepSet(event) {
  const { id, sets } = tryOut() ?? { id: uuid(), sets: [] };
  keep(TRY_OUT, { id, sets: [...sets.filter((set) => set.id !== event.id), event] });
}

function dayOf({ completed_at, timezone }) {
  return localDay(new Date(completed_at), timezone);
}
