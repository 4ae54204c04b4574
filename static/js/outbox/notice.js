/**
 * Says how many facts wait on this phone: on every page, on the stage and before a log-out. Also says when this browser
 * cannot store any.
 */
import { today } from "../lib/days.js";

const region = document.getElementById("waiting-notice");
const noStorage = document.getElementById("keeps-nothing");
const plural = new Intl.PluralRules(document.documentElement.lang);
let atRisk = 0; // facts that are lost with this page
let shown; // the last text in `region`

document.body.addEventListener("outbox:read", ({ detail: { entries, stuck, silent, keeps } }) => {
  const waiting = entries.filter(({ state, event }) => state === "waiting" && event.kind !== "session").length;
  atRisk = keeps ? 0 : waiting;
  say(stuck ? waiting : 0, keeps ? waitingWords(silent) : "held-words");
  noStorage.hidden = keeps || !document.querySelector("[data-day]");
  for (const part of document.querySelectorAll("[data-acknowledged-only]")) part.hidden = stuck && waiting > 0;
  for (const note of document.querySelectorAll("[data-waiting]")) note.hidden = !(stuck && waiting);
  for (const note of document.querySelectorAll("[data-rejected]")) note.hidden = !entries.some(isRejectedToday);
  warnBeforeLogOut(waiting);
});

/** Browsers store data for a secure address only, and for some users not at all. */
for (const why of noStorage.querySelectorAll("[data-why]")) why.hidden = (why.dataset.why === "browser") !== isSecureContext;

/** The browser asks in its own words whether to leave. */
window.addEventListener("beforeunload", (event) => atRisk && event.preventDefault());

/** The stage shows it for today's sets only, because it may be about the set just done. */
function isRejectedToday({ event, state, day }) {
  return state === "rejected" && event.kind === "set" && day === today();
}

/** Only a phone that is offline is called so. Logged out, or asked to wait, nothing is wrong with the server either. */
function waitingWords(isSilent) {
  return !navigator.onLine ? "offline-words" : isSilent ? "silent-words" : "waiting-words";
}

/** Writes the text only when it changes, because a live region speaks each time. */
function say(count, words) {
  if (shown === `${words} ${count}`) return;
  shown = `${words} ${count}`;
  region.replaceChildren();
  if (!count) return;
  region.append(document.getElementById(words).content.cloneNode(true));
  region.querySelector("[data-count]").textContent = count;
}

/** The page has two wordings, though a language may have more plural forms. */
function warnBeforeLogOut(count) {
  const wording = plural.select(count) === "one" ? "one" : "other";
  for (const warning of document.querySelectorAll("[data-log-out-warning]")) {
    warning.hidden = !count || warning.dataset.logOutWarning !== wording;
    warning.querySelector("[data-count]").textContent = count;
  }
}
