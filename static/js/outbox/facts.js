/** The door for every fact that does not go by an htmx request: it is stored on this phone first and sent then. */
import { today } from "../lib/days.js";
import { lastTap } from "./htmx-taps.js";
import { putEntry } from "./outbox.js";
import { sendWaiting } from "./sender.js";

/**
 * Resolves when the events are stored. `about`: the fields of their entries that differ from the usual. An "open" fact
 * may still change, so it is not sent yet. The sender waits for the tap that htmx is sending.
 */
export async function recordFacts(events, about = {}) {
  const common = { state: "waiting", day: today(), name: "", ...about };
  for (const event of events) await putEntry({ id: event.id, event, ...common });
  if (common.state === "waiting") Promise.resolve(lastTap()).then(sendWaiting);
}

/** Other scripts report a fact by this event: a session reports its sets, and its start and end. */
document.addEventListener("fact", ({ detail: { event, state } }) => recordFacts([event], { state }));
