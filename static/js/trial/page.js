/** On the trial's page: stores each set, and shows at the end what was done. On other pages it does nothing. */
import { storedTrial, storeSet } from "./store.js";

document.addEventListener("fact", ({ detail: { event } }) => {
  if (event.kind !== "set") return;
  storeSet(event);
  showDone();
});

/** Shows the last session only. A set without a number of reps is a whole one. */
function showDone() {
  const { sets } = storedTrial();
  const { session } = sets.at(-1);
  document.querySelector("[data-saved-here]").hidden = false;
  for (const line of document.querySelectorAll("[data-did]")) {
    const set = sets.findLast((set) => set.session === session && set.exercise === line.dataset.did);
    const isWhole = Boolean(set) && (set.reps ?? line.dataset.reps) >= Number(line.dataset.reps);
    line.querySelector("[data-some]").hidden = !set || isWhole;
    line.querySelector("[data-whole]").hidden = !isWhole;
    line.querySelector("[data-none]").hidden = Boolean(set);
    line.querySelector("[data-count]").textContent = set?.reps ?? "";
  }
}
