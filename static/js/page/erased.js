/** After an account was erased: what this phone has kept of its user goes, and then the page says so. */
import { updateEntries, readEntries } from "../outbox/database.js";

const said = document.getElementById("erased");
const user = said.dataset.whose;

async function emptyOutbox() {
  const ids = (await readEntries()).filter((entry) => entry.user === user).map(({ id }) => id);
  await updateEntries(ids, () => null);
}

/** Each is named after its user somewhere between colons. */
function forgetValues() {
  const names = Object.keys(localStorage).filter((name) => name.split(":").slice(1).includes(user));
  for (const name of names) localStorage.removeItem(name);
}

/** Where there are caches: on https, and on the machine itself. */
async function dropPages() {
  const names = (await window.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name === `pages-${user}`).map((name) => caches.delete(name)));
}

forgetValues();
await Promise.all([emptyOutbox(), dropPages()]);
said.hidden = false;
