/**
 * A form with `data-passkey` is sent with a passkey: "create" makes one, "get" asks for one. The server is asked what it
 * wants in the tap, so that a page that was open for long, or in two tabs, works like a new one.
 */
import { writeLocal } from "../lib/local-store.js";
import { credentialJson, readOptions, userOf } from "../lib/passkey-json.js";

const user = document.body.dataset.user;
const SENTENCES = { InvalidStateError: "exists", SecurityError: "blocked", NotSupportedError: "blocked" };
const LONGEST_WAIT = 15_000; // milliseconds, for the server
let isBusy = false;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("passkey" in form.dataset)) return;
  event.preventDefault();
  if (!isBusy) bring(form);
});
window.addEventListener("pageshow", () => setBusy(false)); // Back shows the page as it was left
forgetRemoved();

async function bring(form) {
  setBusy(true);
  try {
    const options = await ask(form.action);
    if (!options) return location.reload(); // logged out, in by another tab, or asked to prove it again
    const credential = await unlock(form.dataset.passkey, options.publicKey);
    form.elements.credential.value = credentialJson(credential);
    form.submit(); // still busy, until the next page comes
  } catch (error) {
    setBusy(false);
    tell(error);
  }
}

/** What the server wants; nothing if this page is not the one for it any more. */
async function ask(address) {
  const signal = AbortSignal.timeout(LONGEST_WAIT);
  const headers = { Accept: "application/json" };
  const answer = await fetch(address, { headers, redirect: "manual", cache: "no-store", signal });
  if (answer.type === "opaqueredirect" || answer.status === 401) return null;
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.error), { isSentence: true });
  return "user" in said && String(said.user) !== user ? null : said.options;
}

async function unlock(kind, publicKey) {
  const credential = await navigator.credentials[kind]({ publicKey: readOptions(kind, publicKey) });
  const handle = kind === "create" ? readOptions(kind, publicKey).user.id : credential.response.userHandle;
  if (handle) writeLocal(`passkey:${userOf(handle)}`, true);
  return credential;
}

/** Whoever cancels knows that: nothing is said. */
function tell({ name, message, isSentence }) {
  if (name === "NotAllowedError") return;
  if (isSentence) document.querySelector("[data-passkey-says=refused]").textContent = message;
  say(isSentence ? "refused" : (SENTENCES[name] ?? "failed"));
}

function setBusy(state) {
  isBusy = state;
  say(state ? "busy" : null);
}

function say(what) {
  for (const words of document.querySelectorAll("[data-passkey-says]")) words.hidden = words.dataset.passkeySays !== what;
}

/** A user without a passkey has none on this phone. */
function forgetRemoved() {
  if (!document.querySelector("[data-no-passkey]")) return;
  try {
    localStorage.removeItem(`passkey:${user}`);
  } catch {
    // Storage is denied: nothing was remembered.
  }
}
