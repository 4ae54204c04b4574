/**
 * Brings the service worker. A new version of it waits until no session is running, for a session is not to be disturbed;
 * then it takes over, and the next page comes from it.
 */
import { SESSION_LOCK } from "../coach/single-tab-lock.js";
import { user } from "../outbox/outbox.js";


navigator.serviceWorker?.register("/sw.js", { type: "module", updateViaCache: "none" }).then(watchFor, () => {});

/** The first page of all was not brought by it, and may be the last one with a network. */
navigator.serviceWorker?.ready.then(({ active }) => active.postMessage({ keepFor: user }), () => {});

function watchFor(registration) {
  if (registration.waiting) activateWhenFree(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => coming.state === "installed" && activateWhenFree(coming));
  });
}

/** What is hidden on all screens but the stage. */
async function activateWhenFree(coming) {
  const notes = document.querySelectorAll("[data-new-version]");
  for (const note of notes) note.hidden = false;
  await navigator.locks.request(SESSION_LOCK, () => coming.postMessage({ takeOver: true }));
  for (const note of notes) note.hidden = true;
}
