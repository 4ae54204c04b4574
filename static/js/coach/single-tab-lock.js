/** One tab runs a session at a time. Without Web Locks (plain http) each tab may; the ids of the sets are the same. */
const NAME = "footcare:session";

/** Resolves to a function that gives the session up again, or to null when another tab holds it. */
export function claim() {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise((giveUp) => resolve(giveUp));
    });
  });
}
