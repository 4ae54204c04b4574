/**
 * What this browser knows of its own subscription, for pages and for the service worker: {user, device, endpoint, key,
 * checked}. `device` is its id on the server, `key` that of the server, `checked` the day of the last renewal. It is in
 * a cache of its own, because a service worker has no localStorage.
 */
const CACHE = "push";
const PLACE = "/push/";

/** Null if no user has switched messages on here. */
export async function readThisDevice() {
  const kept = await caches.match(PLACE, { cacheName: CACHE }).catch(() => null);
  return kept ? kept.json() : null;
}

export async function writeThisDevice(fields) {
  await (await caches.open(CACHE)).put(PLACE, new Response(JSON.stringify(fields)));
}

/** Takes messages no more, whoever they are for. */
export async function unsubscribe(registration) {
  await caches.delete(CACHE);
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}
