/** Only one sender works at a time, over all tabs. Without Web Locks, only over this page. */
const SENDER = "outbox";
let last = Promise.resolve();
let queued = 0;

/** Runs `work`, which never rejects, when the lock is free. */
export function withSenderLock(work) {
  if (navigator.locks) return navigator.locks.request(SENDER, work);
  queued += 1;
  last = last.then(work).finally(() => (queued -= 1));
  return last;
}

/** Runs `work` if nobody else is sending; else returns false. */
export async function ifSenderIsFree(work) {
  if (navigator.locks) return navigator.locks.request(SENDER, { ifAvailable: true }, (lock) => lock && work());
  return queued ? false : withSenderLock(work);
}
