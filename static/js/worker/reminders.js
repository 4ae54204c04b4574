/**
 * Messages on this device: shown, replaced, taken off, and what a tap on them does. A message is about a day and a slot
 * of a user (exercises/reminders/payload.py); its tag makes a newer one take the place of an older one.
 *
 * A browser demands that each push shows something. So what was done meanwhile is said without a sound.
 */
import { SESSION_LOCK } from "../coach/single-tab-lock.js";
import { withTimeout } from "../lib/with-timeout.js";
import { readEntries } from "../outbox/database.js";
import { whoIsLoggedIn } from "../outbox/delivery.js";
import { openExercises } from "../push/open-exercises.js";
import { post } from "../push/posting.js";
import { tickAll } from "./ticking.js";

const [DONE, LATER] = ["done", "later"]; // the actions of a message
const MOST_ACTIONS = 2;

/**
 * `addresses`: {sync, subscribe, later, closed}; `icon`; `unread`: {title, body} of a message that cannot be read;
 * `drain`: sends what waits in the outbox.
 */
export class Reminders {
  #ticked = new Set(); // messages whose sets are recorded: a second tap does nothing

  constructor(registration, { addresses, icon, unread, drain }) {
    Object.assign(this, { registration, addresses, icon, unread, drain });
  }

  async show(event) {
    const { title, navigate, ...options } = { data: { path: "/" }, ...(messageOf(event) ?? this.unread) };
    if (!options.data.reps) return this.registration.showNotification(title, { ...options, icon: this.icon });
    const { data, body, tag } = options;
    const reps = await leftOf(data);
    const [before, now] = [data.reps, reps].map((each) => Object.keys(each).length);
    const isDone = before > 0 && now === 0;
    const shown = await this.registration.getNotifications({ tag });
    const isNews = data.turn > 0 && !shown.some((each) => each.data?.turn >= data.turn);
    const silent = options.silent || isDone || (await isTraining());
    await this.#put(title, { ...options, body: isDone ? data.words.doneHere : body, silent, renotify: isNews && !silent, data: { ...data, reps } });
    if (data.left !== null) await setBadge(data.left - (before - now));
  }

  /** After a set on this phone: takes off what is done, and asks less of what is left. */
  async follow() {
    for (const shown of await this.registration.getNotifications()) {
      const { title, data } = shown;
      const reps = data?.reps && (await leftOf(data));
      if (!reps || Object.keys(reps).length === Object.keys(data.reps).length) continue;
      if (Object.keys(reps).length) await this.#put(title, { ...copyOf(shown), data: { ...data, reps } });
      else await this.close(shown);
    }
  }

  /** Off this device, and the server knows it: so it sends nothing to take it off. */
  async close(shown) {
    shown.close();
    await this.closed(shown);
  }

  /** Without a network the server does not hear of it. Then it may say once more that the session is done. */
  async closed({ data }) {
    if (data?.device) await this.#tell(this.addresses.closed, data).catch(() => {});
  }

  async tapped(action, shown) {
    shown.close();
    if (action === DONE) return this.#tick(shown);
    if (action === LATER) return this.#askLater(shown);
    await this.#open(shown.data.path);
    return this.closed(shown);
  }

  /** Records a set of each open exercise, first on this phone. Where it cannot be stored, the session opens. */
  async #tick(shown) {
    const { data, tag } = shown;
    const once = `${tag} ${data.turn}`;
    if (this.#ticked.has(once)) return;
    this.#ticked.add(once);
    const reps = await leftOf(data);
    const count = await withTimeout(tickAll(data, Object.keys(reps))).catch(() => null);
    if (count === null) return this.#open(data.path);
    if (count === 0) return this.#open(data.past); // its day is over
    if (data.left !== null) await setBadge(data.left - count);
    await this.closed(shown);
    await this.drain().catch(() => this.registration.sync?.register("outbox")).catch(() => {});
  }

  /** A refusal of the server is said in its own words, and then there is nothing to try again. */
  async #askLater(shown) {
    const { title, data } = shown;
    try {
      await this.#tell(this.addresses.later, data);
    } catch ({ status, message }) {
      if (status === 401) return this.#open(data.path); // which asks for the log-in
      const refused = status >= 400 && status < 500 && status !== 429;
      const body = refused ? message : data.words.noNetwork;
      await this.#put(title, { ...copyOf(shown), body, data: refused ? { ...data, reps: {} } : data });
    }
  }

  #put(title, options) {
    const { data } = options;
    const able = Object.keys(data.reps).length && self.Notification.maxActions >= MOST_ACTIONS;
    const actions = able ? [DONE, LATER].map((action) => ({ action, title: data.words[action] })) : [];
    return this.registration.showNotification(title, { ...options, icon: this.icon, actions });
  }

  async #tell(address, { user, device, day, slot }) {
    const me = await whoIsLoggedIn(this.addresses.sync);
    if (String(me.user) !== user) throw Object.assign(new Error("somebody else, or nobody"), { status: 401 });
    return post(address, me.csrf, { device, day, slot });
  }

  /** A running session is brought to the front and stays. */
  async #open(path) {
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const pathOf = ({ url }) => new URL(url).pathname;
    if (await isTraining()) return windows.find((each) => pathOf(each).startsWith("/session/"))?.focus();
    const there = windows.find((each) => pathOf(each) === path) ?? windows[0];
    if (!there) return self.clients.openWindow(path);
    await there.focus();
    if (pathOf(there) !== path) await there.navigate(path).catch(() => self.clients.openWindow(path));
  }
}

/** From the text, or as Safari has read it. Null if nothing can be made of it. */
function messageOf({ data, notification }) {
  if (notification) return { title: notification.title, ...copyOf(notification), silent: notification.silent };
  try {
    const message = data.json().notification;
    return message?.title ? message : null;
  } catch {
    return null;
  }
}

/** Shown again, it makes no sound. */
function copyOf({ body, tag, lang, dir, data }) {
  return { body, tag, lang, dir, data, silent: true };
}

/** When the store does not answer, all that the message asks. */
async function leftOf(data) {
  return openExercises(data, await withTimeout(readEntries()).catch(() => []));
}

async function isTraining() {
  const { held } = (await navigator.locks?.query()) ?? { held: [] };
  return held.some(({ name }) => name === SESSION_LOCK);
}

function setBadge(count) {
  return navigator.setAppBadge?.(Math.max(0, count)).catch(() => {});
}
