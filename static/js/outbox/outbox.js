/**
 * The outbox: every fact of this user is written down here before any request, and leaves only when an answer of the
 * server names it (DESIGN 2). An entry is {seq, id, user, event, day, name, state, why}: `event` goes out as it stands,
 * for ever; `day` is the user's own day that it is about, of a tick that of the tap; `name` is the exercise's in the
 * words of the page; `anew` names a set that it brings back; `state` is "open" (a session that may go on), "waiting" or
 * "rejected", and `why` tells the reason in the server's words; or "acknowledged", when the service worker sent it, `at` a time
 * of the server's: it goes as soon as a page has seen it.
 *
 * Says on `body`, in every tab: `outbox:changed`, and `outbox:synced` when the server has taken something.
 */
import { updateEntries, CHANNEL, readEntries } from "./database.js";
import { withTimeout } from "../lib/with-timeout.js";

export const user = document.body.dataset.user;

/** Web Locks too: without them two tabs would empty one store side by side, so each page storageWorks its own. */
const supported = Boolean(window.indexedDB && navigator.locks && window.BroadcastChannel);
const inMemory = []; // what the phone could not keep: it lasts as long as the page
const channel = supported ? new BroadcastChannel(CHANNEL) : null;
let stored = []; // as it was last read
let failed = false;
let unresponsive = false; // the store does not answer: it is not asked again until it does

if (channel) {
  channel.onmessage = ({ data }) => document.body.dispatchEvent(new CustomEvent(data, { detail: { elsewhere: true } }));
}

/** Whether sets outlive this page. */
export function storageWorks() {
  return supported && !failed;
}

/** All that is pendingEntries of this user, in the order it happened. */
export async function pendingEntries() {
  return (await own()).filter(({ state }) => state !== "acknowledged");
}

/** What the service worker has sent, and no page has seen yet. */
export async function sentByWorker() {
  return (await own()).filter(({ state }) => state === "acknowledged");
}

async function own() {
  if (supported && !unresponsive) stored = await readEntries().catch(asLastRead);
  const ids = new Set(stored.map(({ id }) => id));
  return [...stored, ...inMemory.filter(({ id }) => !ids.has(id))].filter((entry) => entry.user === user);
}

/** Keeps an entry. The same event again changes nothing, but for a session that was still open. */
export function putEntry(entry) {
  return update([entry.id], (before) => (!before || before.state === "open" ? { ...before, ...entry, user } : before));
}

export function removeEntries(ids) {
  return update(ids, () => null);
}

export function rejectEntry(id, why) {
  return update([id], (before) => before && { ...before, state: "rejected", why });
}

export function resendEntry(id) {
  return update([id], (before) => before && { ...before, state: "waiting", why: "" });
}

export function dispatch(type) {
  dispatchElsewhere(type);
  document.body.dispatchEvent(new CustomEvent(type));
}

/** The other tabs only. */
export function dispatchElsewhere(type) {
  channel?.postMessage(type);
}

/** `change` turns what stands under an id into what is to stand there; null takes it away. */
async function update(ids, change) {
  const done = supported && !unresponsive && (await isWritten(ids, change));
  failed = supported && !done; // for as long as it lasts: a disk may have room again
  for (const id of ids) updateInMemory(id, done ? (before) => before && change(before) : change);
  dispatch("outbox:changed");
}

/** Whether it came to be. A store that is too slow is not asked again until it has answered. */
async function isWritten(ids, change) {
  const writing = updateEntries(ids, change).then(() => true, () => false);
  writing.then(() => (unresponsive = false));
  try {
    return await withTimeout(writing);
  } catch {
    unresponsive = true;
    return false;
  }
}

function updateInMemory(id, change) {
  const place = inMemory.findIndex((entry) => entry.id === id);
  const after = change(inMemory[place]);
  if (place >= 0) inMemory.splice(place, 1, ...(after ? [after] : []));
  else if (after) inMemory.push(after);
}

/** Private mode, a broken disk: what cannot be read is not nothing. */
function asLastRead() {
  failed = true;
  return stored;
}
