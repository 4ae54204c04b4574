/**
 * Only one tab runs a session at a time. Without Web Locks (plain http) several tabs may, but the ids of the sets are
 * the same.
 */
export const SESSION_LOCK = "footcare:session";

/** Resolves to a function that releases the session, or to null when another tab holds it. */
export function acquireSession() {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    navigator.locks.request(SESSION_LOCK, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise((release) => resolve(release));
    });
  });
}
