/** Subscribes this browser and tells the server, for pages and for the service worker. */
import { post } from "./posting.js";
import { writeThisDevice } from "./this-device.js";

/** The subscription of this browser for the server with that key: the one there is, or a new one. */
export async function subscriptionFor(registration, key) {
  const found = await registration.pushManager.getSubscription();
  if (found && keyOf(found) === key) return found;
  await found?.unsubscribe(); // a browser takes messages with one key only
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
}

/** `old`: the endpoint before, when a browser renews it by itself. Rejects with the server's status and sentence. */
export async function reportSubscription(url, csrf, subscription, { user, key, old = "" }) {
  const { endpoint, keys } = subscription.toJSON();
  const { device } = await post(url, csrf, { endpoint, p256dh: keys.p256dh, auth: keys.auth, old });
  await writeThisDevice({ user, device, endpoint, key, checked: new Date().toDateString() });
  return device;
}

function keyOf({ options }) {
  const bytes = new Uint8Array(options.applicationServerKey);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Not each browser takes the text. */
function bytesOf(key) {
  return Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
