/**
 * A try-out whose account this is. Its sets came with the sign-up; those that the form had no room for, or that were
 * done while a mail was waited for, are sent after it, and all of them under their ids, so once. Then it is kept on this
 * phone no longer. Any other try-out stays, for its own account.
 */
import { BATCH, deliver } from "../outbox/delivery.js";
import { localDay } from "../lib/days.js";
import { csrfToken } from "../outbox/sender.js";
import { readLocal } from "../lib/local-store.js";
import { putEntry, dispatch } from "../outbox/outbox.js";
import { withSenderLock } from "../lib/sender-lock.js";
import { TRIAL_KEY } from "./store.js";

const { sync, tried } = document.body.dataset;

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

/** Without an answer it is for the next page to try. */
if (tried && readLocal(TRIAL_KEY)?.id === tried) withSenderLock(() => sendRest(readLocal(TRIAL_KEY).sets).catch(() => {}));
