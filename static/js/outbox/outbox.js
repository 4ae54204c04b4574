/**
 * The outbox stores every fact of this user before any request. A fact leaves it only when an answer of the server
 * names it. An entry is {seq, id, user, event, day, name, restores, state, why, at}.
 *
 * - `event` is sent as it is and never changes.
 * - `day` is the user's day that it is about; for a tick, the day of the tap.
 * - `name` is the exercise in the words of the page; `restores` is the id of an undone set that it adds again.
 * - `state` is "open" (a set or session that may still change), "waiting", "rejected" (`why`: the server's words), or
 *   "acknowledged" when the service worker sent it (`at`: the server's time), until a page has seen it.
 *
 * Dispatches on `body`, in every tab: `outbox:changed`, and `outbox:synced` when the server settled something.
 */
import { withTimeout } from "../lib/with-timeout.js";
import { CHANNEL, readEntries, updateEntries } from "./database.js";

export const user = document.body.dataset.user;

/** Needs Web Locks too: without them two tabs would send the same entries, so each page keeps its own. */
const supported = Boolean(window.indexedDB && navigator.locks && window.BroadcastChannel);
const inMemory = []; // entries that the phone could not store; they last as long as the page
const channel = window.BroadcastChannel ? new BroadcastChannel(CHANNEL) : null; // also where nothing can be stored
let stored = []; // the entries of the last read
let failed = false;
let unresponsive = false; // the store does not answer; it is not asked again until it does

if (channel) {
  channel.onmessage = ({ data }) => document.body.dispatchEvent(new CustomEvent(data, { detail: { elsewhere: true } }));
}

/** Whether entries outlive this page. */
export function storageWorks() {
  return supported && !failed;
}

/** All entries of this user that the server has not acknowledged, in the order they happened. */
export async function pendingEntries() {
  return (await own()).filter(({ state }) => state !== "acknowledged");
}

/** The entries that the service worker sent and no page has seen yet. */
export async function sentByWorker() {
  return (await own()).filter(({ state }) => state === "acknowledged");
}

async function own() {
  if (supported && !unresponsive) stored = await readEntries().catch(asLastRead);
  const ids = new Set(stored.map(({ id }) => id));
  return [...stored, ...inMemory.filter(({ id }) => !ids.has(id))].filter((entry) => entry.user === user);
}

/** Stores an entry. The same event again changes nothing, unless it was still open. */
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

/** In the other tabs only. */
export function dispatchElsewhere(type) {
  channel?.postMessage(type);
}

/** `change` maps the entry of an id (or undefined) to its new value; null deletes it. */
async function update(ids, change) {
  const done = supported && !unresponsive && (await isWritten(ids, change));
  failed = supported && !done; // not for good: a disk may have room again
  for (const id of ids) updateInMemory(id, done ? (before) => before && change(before) : change);
  dispatch("outbox:changed");
}

/** Whether it was written. A store that is too slow is not asked again until it has answered. */
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

/** Private mode or a broken disk: an unreadable store is not an empty one. */
function asLastRead() {
  failed = true;
  return stored;
}
