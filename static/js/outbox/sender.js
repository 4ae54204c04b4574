/**
 * Sends what is unsent by the JSON door, one sender over all tabs, in order, 50 at a time. Only an answer that names an
 * event settles it: a log-in page, a captive portal or a broken server leave it where it is, and it is tried again.
 */
import { BATCH, deliver, deliverEachAlone, whoIsThere } from "./delivery.js";
import { today } from "../lib/days.js";
import { CHANNEL } from "./database.js";
import { inTime } from "../lib/with-timeout.js";
import { keep, kept } from "../lib/local-store.js";
import { refuse, remove, tell, unsent, user } from "./outbox.js";
import { remember } from "./acknowledged.js";
import { inTurn } from "../lib/sender-lock.js";

const DOOR = document.body.dataset.sync;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 5 * 60_000;
const LONGEST_BAN = 3600_000; // a phone's clock that was set back must not stop it for longer
const NOT_BEFORE = "outbox:not-before"; // for all pages to come, whoever was told so
const LONGEST_SESSION = 3; // hours

let asked = null;
let failures = 0;
let sent = 0; // what the server has settled in this drain
let suspects = false; // the server broke over a batch: an event in it may be why
let retry;

/** Whether the last try failed; until one did, nobody needs to be told that something is unsent. */
export let stuck = false;

export function drain() {
  asked ??= inTurn(() => {
    asked = null;
    return isBanned() ? undefined : sendAll();
  }).catch(() => (asked = null));
  return asked;
}

function isBanned() {
  const left = (kept(NOT_BEFORE) ?? 0) - Date.now();
  return left > 0 && left <= LONGEST_BAN;
}

/** No answer to trust: try again later, at random within a growing span, and not before the server allows. */
export function postpone(retryAfter) {
  const allowed = Math.min(milliseconds(retryAfter), LONGEST_BAN);
  const span = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
  stuck = true;
  failures += 1;
  if (allowed) keep(NOT_BEFORE, Date.now() + allowed);
  else askForSync().catch(() => {}); // it knows of no time to wait for
  clearTimeout(retry);
  retry = setTimeout(drain, allowed + Math.random() * span);
  tell("outbox:changed");
}

/** When this page is gone, the browser may send what is left as soon as there is a network. */
async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(CHANNEL);
}

/** What is to go out. A session left open is reported when its day is over, for until then it may go on. */
export async function waiting() {
  const over = today(LONGEST_SESSION);
  return (await unsent()).filter(({ state, day }) => state === "waiting" || (state === "open" && day < over));
}

/** What was settled is still there: a disk that lets nothing be crossed out. */
class Stuck extends Error {}

async function sendAll() {
  sent = 0;
  try {
    for (let batch = await nextBatch(), last = []; batch.length; [last, batch] = [batch, await nextBatch()]) {
      if (batch.some(({ id }) => last.some((before) => before.id === id))) throw new Stuck();
      await (suspects ? deliverEachAlone : deliver)(DOOR, batch, await token(), settle);
    }
    stuck = suspects = false;
    failures = 0;
    clearTimeout(retry);
  } catch (error) {
    suspects = failures > 0 && error.status === 500;
    if (error instanceof Stuck) sent = 0; // the next tab would send it once more, and tell us
    postpone(error.retryAfter);
  }
  if (sent) tell("outbox:synced");
  tell("outbox:changed");
}

async function nextBatch() {
  return (await inTime(waiting())).slice(0, BATCH);
}

/** A fresh token, for log-in changes it; and only when the one who is logged in is the one whose facts these are. */
export async function token() {
  const me = await whoIsThere(DOOR);
  if (String(me.user) !== user) throw new Error("somebody else, or nobody, is logged in");
  return me.csrf;
}

const settle = {
  async taken(entries, served) {
    sent += entries.length;
    remember(entries, served);
    await remove(entries.map(({ id }) => id));
  },
  async rejected(id, why) {
    sent += 1;
    await refuse(id, why);
  },
};

/** Retry-After is a number of seconds or a date. */
function milliseconds(retryAfter) {
  return Math.max(0, Number(retryAfter) * 1000 || Date.parse(retryAfter) - Date.now() || 0);
}

/** Another tab got through, so may we. */
document.body.addEventListener("outbox:synced", ({ detail }) => detail?.elsewhere && drain());
window.addEventListener("online", drain);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) asked = null; // a page that was put away may never have got its turn
  drain();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && drain());
