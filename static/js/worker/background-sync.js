/** Sends what is unsent when no page is there to do it: the browser has found a network. */
import { BATCH, deliver, whoIsLoggedIn } from "../outbox/delivery.js";
import { updateEntries, CHANNEL, readEntries } from "../outbox/database.js";

/** What was taken stays until a page has seen it: those that this phone has kept are older. */
const settle = {
  acknowledged: (entries, at) => updateEntries(entries.map(({ id }) => id), (before) => before && { ...before, state: "acknowledged", at }),
  rejected: (id, why) => updateEntries([id], (before) => before && { ...before, state: "rejected", why }),
};

/**
 * In its turn among the pages, and of nobody but who is logged in. Brings whose it was, if anything was sent; it rejects
 * when it is to be tried again.
 */
export function sendInBackground(url) {
  return navigator.locks.request(CHANNEL, async () => {
    if (!(await readEntries()).some(isWaiting)) return null;
    const { user, csrf } = await whoIsLoggedIn(url);
    let last = null;
    for (let batch = await waitingOf(user); batch.length && batch[0].id !== last; batch = await waitingOf(user)) {
      last = batch[0].id;
      await deliver(url, batch, csrf, settle);
    }
    if (last) tellPages();
    return last && user;
  });
}

async function waitingOf(user) {
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
