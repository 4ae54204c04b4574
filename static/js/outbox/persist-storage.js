/** Asks the browser once not to clear what is kept here: as soon as there is something that is nowhere else yet. */
let askedToLast = false;

document.body.addEventListener("outbox:read", async ({ detail: { entries } }) => {
  if (askedToLast || !entries.length || !navigator.storage?.persist) return;
  askedToLast = true;
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
});
