/** Sends waiting entries when no page is open and the browser has found a network. */
import { CHANNEL, readEntries, updateEntries } from "../outbox/database.js";
import { BATCH, deliver, whoIsLoggedIn } from "../outbox/delivery.js";

/** An acknowledged entry stays until a page has seen it, because pages in the cache are older. */
const settle = {
  acknowledged: (entries, at) => change(entries.map(({ id }) => id), { state: "acknowledged", at }),
  rejected: (id, why) => change([id], { state: "rejected", why }),
};

/**
 * Takes the same lock as the pages, and sends only the entries of the user who is logged in. Resolves to that user if
 * anything was sent; rejects when it should be tried again.
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

function change(ids, fields) {
  return updateEntries(ids, (before) => before && { ...before, ...fields });
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
