/** After an account is erased: removes this phone's data of its user, and then shows that the account is gone. */
import { readEntries, updateEntries } from "../outbox/database.js";
import { leave } from "../worker/renewal.js";

const notice = document.getElementById("erased");
const user = notice.dataset.whose;

async function emptyOutbox() {
  const ids = (await readEntries()).filter((entry) => entry.user === user).map(({ id }) => id);
  await updateEntries(ids, () => null);
}

/** Each key contains its user's id after a colon. */
function forgetValues() {
  const names = Object.keys(localStorage).filter((name) => name.split(":").slice(1).includes(user));
  for (const name of names) localStorage.removeItem(name);
}

/** Caches exist on https and on localhost only. */
async function dropPages() {
  const names = (await window.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name === `pages-${user}`).map((name) => caches.delete(name)));
}

async function endMessages() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (registration && leave(registration));
}

forgetValues();
await Promise.all([emptyOutbox(), dropPages(), endMessages().catch(() => {})]);
notice.hidden = false;
