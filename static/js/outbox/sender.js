/**
 * Sends what is pendingEntries by the JSON door, one sender over all tabs, in order, 50 at a time. Only an answer that names an
 * event settles it: a log-in page, a captive portal or a broken server leave it where it is, and it is tried again.
 */
import { BATCH, deliver, deliverOneByOne, whoIsLoggedIn } from "./delivery.js";
import { today } from "../lib/days.js";
import { CHANNEL } from "./database.js";
import { withTimeout } from "../lib/with-timeout.js";
import { readLocal, writeLocal } from "../lib/local-store.js";
import { rejectEntry, removeEntries, dispatch, pendingEntries, user } from "./outbox.js";
import { rememberAcknowledged } from "./acknowledged.js";
import { withSenderLock } from "../lib/sender-lock.js";

const SYNC_URL = document.body.dataset.sync;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 5 * 60_000;
const LONGEST_BAN = 3600_000; // a phone's clock that was set back must not stop it for longer
const NOT_BEFORE = "outbox:not-before"; // for all pages to come, whoever was told so
const LONGEST_SESSION = 3; // hours

let asked = null;
let failures = 0;
let settled = 0; // what the server has settled in this sendWaiting
let suspects = false; // the server broke over a batch: an event in it may be why
let retry;

/** Whether the last try failed; until one did, nobody needs to be told that something is pendingEntries. */
export let stuck = false;

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

/** No answer to trust: try again later, at random within a growing span, and not before the server allows. */
export function retryLater(retryAfter) {
  const allowed = Math.min(milliseconds(retryAfter), LONGEST_BAN);
  const span = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
  stuck = true;
  failures += 1;
  if (allowed) writeLocal(NOT_BEFORE, Date.now() + allowed);
  else askForSync().catch(() => {}); // it knows of no time to wait for
  clearTimeout(retry);
  retry = setTimeout(sendWaiting, allowed + Math.random() * span);
  dispatch("outbox:changed");
}

/** When this page is gone, the browser may send what is left as soon as there is a network. */
async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(CHANNEL);
}

/** What is to go out. A session left open is reported when its day is over, for until then it may go on. */
export async function entriesToSend() {
  const over = today(LONGEST_SESSION);
  return (await pendingEntries()).filter(({ state, day }) => state === "waiting" || (state === "open" && day < over));
}

/** What was settled is still there: a disk that lets nothing be crossed out. */
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
    if (error instanceof NotRemoved) settled = 0; // the next tab would send it once more, and dispatch us
    retryLater(error.retryAfter);
  }
  if (settled) dispatch("outbox:synced");
  dispatch("outbox:changed");
}

async function nextBatch() {
  return (await withTimeout(entriesToSend())).slice(0, BATCH);
}

/** A fresh csrfToken, for log-in changes it; and only when the one who is logged in is the one whose facts these are. */
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

/** Retry-After is a number of seconds or a date. */
function milliseconds(retryAfter) {
  return Math.max(0, Number(retryAfter) * 1000 || Date.parse(retryAfter) - Date.now() || 0);
}

/** Another tab got through, so may we. */
document.body.addEventListener("outbox:synced", ({ detail }) => detail?.elsewhere && sendWaiting());
window.addEventListener("online", sendWaiting);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) asked = null; // a page that was putEntry away may never have got its turn
  sendWaiting();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendWaiting());
