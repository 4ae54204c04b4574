/**
 * Completes a trial that belongs to this account. Its sets came with the sign-up. The form has room for some only, and
 * more may be done while a mail is on its way: all sets are sent once more under their ids, so each counts once. Then
 * the trial is removed from this phone. Any other trial stays, for its own account.
 */
import { localDay } from "../lib/days.js";
import { readLocal } from "../lib/local-store.js";
import { withSenderLock } from "../lib/sender-lock.js";
import { BATCH, deliver } from "../outbox/delivery.js";
import { dispatch, putEntry } from "../outbox/outbox.js";
import { csrfToken } from "../outbox/sender.js";
import { TRIAL_KEY } from "./key.js";

const { sync, trial } = document.body.dataset;

async function sendRest(sets) {
  const entries = sets.map((event) => ({ id: event.id, event, name: "", day: dayOfSet(event) }));
  const settle = {
    acknowledged: () => {},
    rejected: (id, why) => putEntry({ ...entries.find((entry) => entry.id === id), state: "rejected", why }),
  };
  for (let first = 0; first < entries.length; first += BATCH) {
    await deliver(sync, entries.slice(first, first + BATCH), await csrfToken(), settle);
  }
  localStorage.removeItem(TRIAL_KEY);
  dispatch("outbox:synced");
}

function dayOfSet({ completed_at, timezone }) {
  return localDay(new Date(completed_at), timezone);
}

/** Without an answer, the next page tries again. */
if (trial && readLocal(TRIAL_KEY)?.id === trial) withSenderLock(() => sendRest(readLocal(TRIAL_KEY).sets).catch(() => {}));
