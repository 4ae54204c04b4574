/** What was tried on this phone: the page says that it is there, and a sign-up that was asked to takes it along. */
import { isoWithOffset } from "../lib/phone-time.js";
import { storedTrial } from "./store.js";

const offer = document.querySelector("[data-tried-sets]");
const field = document.querySelector("input[name=tryout]");

window.addEventListener("pageshow", () => {
  const count = storedTrial()?.sets.length;
  if (!offer || !count) return;
  for (const words of offer.querySelectorAll("[data-wording]")) {
    words.hidden = (words.dataset.wording === "one") !== (count === 1);
    words.querySelector("[data-count]").textContent = count;
  }
  offer.hidden = false;
});

/** Only now: another tab may have gone on, and the server is to know what this phone's clock shows. */
field?.form.addEventListener("submit", () => {
  const tried = storedTrial();
  const sets = tried?.sets.slice(0, Number(field.dataset.mostSets));
  field.value = tried ? JSON.stringify({ ...tried, sets, sent_at: isoWithOffset(new Date()) }) : "";
});
