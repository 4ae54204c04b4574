/**
 * Sends waiting entries to the server's JSON address: one sender over all tabs, in order, 50 at a time. Only an answer
 * that names an event settles it. A log-in page, a captive portal or a broken server leaves it, and the sender tries
 * again.
 */
import { today } from "../lib/days.js";
import { readLocal, writeLocal } from "../lib/local-store.js";
import { withSenderLock } from "../lib/sender-lock.js";
import { withTimeout } from "../lib/with-timeout.js";
import { rememberAcknowledged } from "./acknowledged.js";
import { CHANNEL } from "./database.js";
import { BATCH, deliver, deliverOneByOne, whoIsLoggedIn } from "./delivery.js";
import { dispatch, pendingEntries, rejectEntry, removeEntries, user } from "./outbox.js";

const SYNC_URL = document.body.dataset.sync;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 5 * 60_000;
const LONGEST_BAN = 3600_000; // milliseconds; a phone's clock that was set back must not stop the sender for longer
const NOT_BEFORE = "outbox:not-before"; // holds for all later pages too
const LONGEST_SESSION = 3; // hours

let asked = null;
let failures = 0;
let settled = 0; // number of entries that the server settled in this run
let suspects = false; // the server broke over a batch: one of its events may be the reason
let retry;

/** Whether the last try failed. Until one did, nobody needs to know that something waits. */
export let stuck = false;

/** Whether it failed because there was no answer, or one of a broken server. */
export let silent = false;

export function sendWaiting() {
  asked ??= withSenderLock(() => {
    asked = null;
    return isBanned() ? undefined : sendAll();
  }).catch(() => (asked = null));
  return asked;
}

function isBanned() {
  const left = (readLocal(NOT_BEFORE) ?? 0) - Date.now();
  return left > 0 && left <= LONGEST_BAN;
}

/**
 * There was no valid answer: tries again at a random time within a growing span, and not before the server allows.
 * `status` is 0 without any answer, undefined for an answer that settles nothing.
 */
export function retryLater(retryAfter, status) {
  const allowed = Math.min(milliseconds(retryAfter), LONGEST_BAN);
  const span = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
  stuck = true;
  silent = status === 0 || status >= 500;
  failures += 1;
  if (allowed) writeLocal(NOT_BEFORE, Date.now() + allowed);
  else askForSync().catch(() => {}); // the browser knows no time to wait for
  clearTimeout(retry);
  retry = setTimeout(sendWaiting, allowed + Math.random() * span);
  dispatch("outbox:changed");
}

/** When this page is closed, the browser may send the rest as soon as there is a network. */
async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(CHANNEL);
}

/** The entries to send. An open one is sent when its day is over, because until then it may change. */
export async function entriesToSend() {
  const over = today(LONGEST_SESSION);
  return (await pendingEntries()).filter(({ state, day }) => state === "waiting" || (state === "open" && day < over));
}

/** A settled entry is still there: the disk does not let us remove it. */
class NotRemoved extends Error {}

async function sendAll() {
  settled = 0;
  try {
    for (let batch = await nextBatch(), last = []; batch.length; [last, batch] = [batch, await nextBatch()]) {
      if (batch.some(({ id }) => last.some((before) => before.id === id))) throw new NotRemoved();
      await (suspects ? deliverOneByOne : deliver)(SYNC_URL, batch, await csrfToken(), settle);
    }
    stuck = suspects = false;
    failures = 0;
    clearTimeout(retry);
  } catch (error) {
    suspects = failures > 0 && error.status === 500;
    if (error instanceof NotRemoved) settled = 0; // the next tab would send it once more, and report it to us
    retryLater(error.retryAfter, error.status);
  }
  if (settled) dispatch("outbox:synced");
  dispatch("outbox:changed");
}

async function nextBatch() {
  return (await withTimeout(entriesToSend())).slice(0, BATCH);
}

/** A fresh token, because a log-in changes it. Only for the user that these facts belong to. */
export async function csrfToken() {
  const me = await whoIsLoggedIn(SYNC_URL);
  if (String(me.user) !== user) throw new Error("somebody else, or nobody, is logged in");
  return me.csrf;
}

const settle = {
  async acknowledged(entries, served) {
    settled += entries.length;
    rememberAcknowledged(entries, served);
    await removeEntries(entries.map(({ id }) => id));
  },
  async rejected(id, why) {
    settled += 1;
    await rejectEntry(id, why);
  },
};

/** Milliseconds. Retry-After is a number of seconds or a date. */
function milliseconds(retryAfter) {
  return Math.max(0, Number(retryAfter) * 1000 || Date.parse(retryAfter) - Date.now() || 0);
}

/** Another tab reached the server, so this one can. */
document.body.addEventListener("outbox:synced", ({ detail }) => detail?.elsewhere && sendWaiting());
window.addEventListener("online", sendWaiting);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) asked = null; // a page in the Back cache may have lost its place in the queue for the lock
  sendWaiting();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendWaiting());
