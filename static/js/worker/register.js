/**
 * Registers the service worker. A new version waits until no session is running, because a session must not be
 * disturbed. Then it takes over, and the next page comes from it.
 */
import { SESSION_LOCK } from "../coach/single-tab-lock.js";
import { user } from "../outbox/outbox.js";

navigator.serviceWorker?.register("/sw.js", { type: "module", updateViaCache: "none" }).then(watchFor, () => {});

/** The first page did not come from the worker, and may be the last one with a network. So may that of a saved setting. */
storeRound();
document.body.addEventListener("setting:saved", storeRound);

function storeRound() {
  navigator.serviceWorker?.ready.then(({ active }) => active.postMessage({ keepFor: user }), () => {});
}

function watchFor(registration) {
  if (registration.waiting) activateWhenFree(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => coming.state === "installed" && activateWhenFree(coming));
  });
}

/** The note stands in the pause of a session only. */
async function activateWhenFree(coming) {
  const notes = document.querySelectorAll("[data-new-version]");
  for (const note of notes) note.hidden = false;
  await navigator.locks.request(SESSION_LOCK, () => coming.postMessage({ takeOver: true }));
  for (const note of notes) note.hidden = true;
}
