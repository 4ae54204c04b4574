/**
 * A subscription may vanish: a browser drops it, or changes its address. Each start of the app compares, and asks the
 * server once a day whether the user has ended this device on another one.
 */
import { whoIsLoggedIn } from "../outbox/delivery.js";
import { reportSubscription, subscriptionFor } from "../push/subscribing.js";
import { readThisDevice, unsubscribe } from "../push/this-device.js";

/**
 * `user`: whose page is open; without one, that of this device. `addresses`: {sync, subscribe}. When somebody else is
 * logged in, the log-in of before has ended without a log-out.
 */
export async function renew(registration, addresses, user = null) {
  const mine = await readThisDevice();
  if (mine && user && user !== mine.user) return leave(registration);
  if (!mine || self.Notification?.permission !== "granted") return;
  const subscription = await subscriptionFor(registration, mine.key);
  const { endpoint } = subscription;
  if (endpoint === mine.endpoint && mine.checked === new Date().toDateString()) return;
  const me = await whoIsLoggedIn(addresses.sync);
  if (String(me.user) !== mine.user) return;
  try {
    await reportSubscription(addresses.subscribe, me.csrf, subscription, { ...mine, old: mine.endpoint });
  } catch ({ status }) {
    if (status === 404) await unsubscribe(registration);
  }
}

/** At the end of a log-in: another user of this phone must not see what was meant for this one. */
export async function leave(registration) {
  for (const shown of await registration.getNotifications()) shown.close();
  if (await readThisDevice()) await unsubscribe(registration);
}
