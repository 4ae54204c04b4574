/** Takes over, once, what the version before this outbox kept in localStorage: somebody's sets may still be in there. */
import { kept } from "./kept.js";
import { localDay, today } from "./days.js";
import { drain } from "./drain.js";
import { keeps, put, unsent, user } from "./outbox.js";

const KEY = `unsent:${user}`;

async function takeOver() {
  for (const event of kept(KEY) ?? []) {
    await put({ id: event.id, event, state: "waiting", day: dayOf(event), name: "" });
  }
  await drain();
  if (keeps() || !(await unsent()).length) localStorage.removeItem(KEY);
}

/** One that makes no sense must not hold up the others: the server refuses it, and says why. */
function dayOf({ completed_at, finished_at, timezone }) {
  try {
    return localDay(new Date(completed_at ?? finished_at), timezone);
  } catch {
    return today();
  }
}

if (kept(KEY)) takeOver();
