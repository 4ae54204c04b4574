/** "Done" on a message: sets of all its exercises, stored on this phone and told to its pages. */
import { localDay } from "../lib/days.js";
import { isoWithOffset } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";
import { CHANNEL, updateEntries } from "../outbox/database.js";

/** Resolves to how many are stored: none if the day of the message is over. */
export async function tickAll({ user, day, slot, zone, dayStart }, exercises) {
  const now = new Date();
  if (localDay(now, zone, dayStart) !== day) return 0;
  const timezone = zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const common = { kind: "set", slot, source: "ticked", completed_at: isoWithOffset(now), timezone };
  for (const exercise of exercises) {
    const event = { ...common, id: uuid(), exercise };
    await updateEntries([event.id], () => ({ id: event.id, user, event, day, name: "", state: "waiting" }));
  }
  tellPages();
  return exercises.length;
}

function tellPages() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("outbox:changed");
  channel.close();
}
