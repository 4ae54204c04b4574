/** Asks the browser once not to clear this site's data, as soon as there is a fact that is stored nowhere else. */
let askedToPersist = false;

document.body.addEventListener("outbox:read", async ({ detail: { entries } }) => {
  if (askedToPersist || !entries.length || !navigator.storage?.persist) return;
  askedToPersist = true;
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
});
