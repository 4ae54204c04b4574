/** On the page of the try-out: keeps each set, and tells in the end what was done. Elsewhere nothing is to do. */
import { storeSet, storedTrial } from "./store.js";

document.addEventListener("fact", ({ detail: { event } }) => {
  if (event.kind !== "set") return;
  storeSet(event);
  showDone();
});

/** Of the session of now: done once more, it begins anew. A set without a count of reps is a whole one. */
function showDone() {
  const { sets } = storedTrial();
  const { session } = sets.at(-1);
  document.querySelector("[data-kept-here]").hidden = false;
  for (const line of document.querySelectorAll("[data-did]")) {
    const set = sets.findLast((set) => set.session === session && set.exercise === line.dataset.did);
    line.querySelector("[data-some]").hidden = !set;
    line.querySelector("[data-none]").hidden = Boolean(set);
    line.querySelector("[data-count]").textContent = set?.reps ?? line.dataset.reps;
  }
}
