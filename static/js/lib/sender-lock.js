/** One sender at a time, over all tabs; where there are no Web Locks, over this page. */
const SENDER = "outbox";
let last = Promise.resolve();
let queued = 0;

/** `work`, which never rejects, when it is our turn. */
export function withSenderLock(work) {
  if (navigator.locks) return navigator.locks.request(SENDER, work);
  queued += 1;
  last = last.then(work).finally(() => (queued -= 1));
  return last;
}

/** `work` if nobody else is sending, else false. */
export async function ifSenderIsFree(work) {
  if (navigator.locks) return navigator.locks.request(SENDER, { ifAvailable: true }, (lock) => lock && work());
  return queued ? false : withSenderLock(work);
}
