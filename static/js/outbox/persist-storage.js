/** Asks the browser once not to clear what is kept here: as soon as there is something that is nowhere else yet. */
let askedToPersist = false;

document.body.addEventListener("outbox:read", async ({ detail: { entries } }) => {
  if (askedToPersist || !entries.length || !navigator.storage?.persist) return;
  askedToPersist = true;
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
});
