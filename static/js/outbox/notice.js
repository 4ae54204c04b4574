/** Says how many facts are unsent, on every page, on the stage and before a log-out; and that none can be kept. */
import { today } from "../lib/days.js";

const place = document.getElementById("unsent-notice");
const nothingKept = document.getElementById("keeps-nothing");
const plural = new Intl.PluralRules(document.documentElement.lang);
let held = 0; // facts that go with this page
let said; // last, in `place`

document.body.addEventListener("outbox:read", ({ detail: { entries, stuck, keeps } }) => {
  const waiting = entries.filter(({ state, event }) => state === "waiting" && event.kind !== "session").length;
  held = keeps ? 0 : waiting;
  say(stuck ? waiting : 0, keeps ? keptWords() : "held-words");
  nothingKept.hidden = keeps || !document.querySelector("[data-day]");
  for (const part of document.querySelectorAll("[data-sent-only]")) part.hidden = stuck && waiting > 0;
  for (const note of document.querySelectorAll("[data-waiting]")) note.hidden = !(stuck && waiting);
  for (const note of document.querySelectorAll("[data-refused]")) note.hidden = !entries.some(isRefusedToday);
  warnBeforeLogOut(waiting);
});

/** A browser keeps things for a secure address only, and for some users none at all. */
for (const why of nothingKept.querySelectorAll("[data-why]")) why.hidden = (why.dataset.why === "browser") !== isSecureContext;

/** The browser asks, in its own words, whether to leave. */
window.addEventListener("beforeunload", (event) => held && event.preventDefault());

/** On the stage: it may be about the set just done, not about what is left over from another day. */
function isRefusedToday({ event, state, day }) {
  return state === "refused" && event.kind === "set" && day === today();
}

/** Whoever knows to be offline need not wait for anything. */
function keptWords() {
  return navigator.onLine ? "unsent-words" : "offline-words";
}

/** Written anew only when it changes: a live region speaks each time. */
function say(count, words) {
  if (said === `${words} ${count}`) return;
  said = `${words} ${count}`;
  place.replaceChildren();
  if (!count) return;
  place.append(document.getElementById(words).content.cloneNode(true));
  place.querySelector("[data-count]").textContent = count;
}

/** The page has two wordings only, whatever further ones a language may know. */
function warnBeforeLogOut(count) {
  const wording = plural.select(count) === "one" ? "one" : "other";
  for (const warning of document.querySelectorAll("[data-log-out-warning]")) {
    warning.hidden = !count || warning.dataset.logOutWarning !== wording;
    warning.querySelector("[data-count]").textContent = count;
  }
}
