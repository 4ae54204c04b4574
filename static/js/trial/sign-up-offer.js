/** A trial is on this phone: the page says so, and the sign-up form takes it along. */
import { isoWithOffset } from "../lib/phone-time.js";
import { storedTrial } from "./store.js";

const offer = document.querySelector("[data-trial-sets]");
const field = document.querySelector("input[name=trial]");

window.addEventListener("pageshow", () => {
  const count = storedTrial()?.sets.length;
  if (!offer || !count) return;
  for (const words of offer.querySelectorAll("[data-wording]")) {
    words.hidden = (words.dataset.wording === "one") !== (count === 1);
    words.querySelector("[data-count]").textContent = count;
  }
  offer.hidden = false;
});

/** Filled in at the last moment: another tab may have continued, and the server needs this phone's time. */
field?.form.addEventListener("submit", () => {
  const tried = storedTrial();
  const sets = tried?.sets.slice(0, Number(field.dataset.mostSets));
  field.value = tried ? JSON.stringify({ ...tried, sets, sent_at: isoWithOffset(new Date()) }) : "";
});
