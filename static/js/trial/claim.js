/**
 * A try-out whose account this is. Its sets came with the sign-up; those that the form had no room for, or that were
 * done while a mail was waited for, are sent after it, and all of them under their ids, so once. Then it is kept on this
 * phone no longer. Any other try-out stays, for its own account.
 */
import { BATCH, deliver } from "../outbox/delivery.js";
import { localDay } from "../lib/days.js";
import { token } from "../outbox/sender.js";
import { kept } from "../lib/local-store.js";
import { put, tell } from "../outbox/outbox.js";
import { inTurn } from "../lib/sender-lock.js";

const { sync, tried } = document.body.dataset;

async function sendRest(sets) {
  const entries = sets.map((event) => ({ id: event.id, event, name: "", day: dayOfTry(event) }));
  const settle = {
    taken: () => {},
    rejected: (id, why) => put({ ...entries.find((entry) => entry.id === id), state: "refused", why }),
  };
  for (let first = 0; first < entries.length; first += BATCH) {
    await deliver(sync, entries.slice(first, first + BATCH), await token(), settle);
  }
  localStorage.removeItem("tryout");
  tell("outbox:synced");
}

function dayOfTry({ completed_at, timezone }) {
  return localDay(new Date(completed_at), timezone);
}

/** Without an answer it is for the next page to try. */
if (tried && kept("tryout")?.id === tried) inTurn(() => sendRest(kept("tryout").sets).catch(() => {}));
