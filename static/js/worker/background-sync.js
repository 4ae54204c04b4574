/** Sends what is unsent when no page is there to do it: the browser has found a network. */
import { BATCH, deliver, whoIsThere } from "../outbox/delivery.js";
import { amendEntries, CHANNEL, readEntries } from "../outbox/database.js";

/** What was taken stays until a page has seen it: those that this phone has kept are older. */
const settle = {
  taken: (entries, at) => amendEntries(entries.map(({ id }) => id), (before) => before && { ...before, state: "taken", at }),
  rejected: (id, why) => amendEntries([id], (before) => before && { ...before, state: "refused", why }),
};

/**
 * In its turn among the pages, and of nobody but who is logged in. Brings whose it was, if anything was sent; it rejects
 * when it is to be tried again.
 */
export function drainFor(door) {
  return navigator.locks.request(CHANNEL, async () => {
    if (!(await readEntries()).some(isWaiting)) return null;
    const { user, csrf } = await whoIsThere(door);
    let last = null;
    for (let batch = await unsentOf(user); batch.length && batch[0].id !== last; batch = await unsentOf(user)) {
      last = batch[0].id;
      await deliver(door, batch, csrf, settle);
    }
    if (last) tellPages();
    return last && user;
  });
}

async function unsentOf(user) {
  return (await readEntries()).filter((entry) => isWaiting(entry) && entry.user === String(user)).slice(0, BATCH);
}

function isWaiting({ state }) {
  return state === "waiting";
}

function tellPages() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("outbox:synced");
  channel.close();
}
