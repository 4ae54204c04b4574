/** Reads the outbox for all that show it, whenever it, the page or the network has changed: `outbox:broadcast` on `body`. */
import { stuck } from "./sender.js";
import { storageWorks, pendingEntries } from "./outbox.js";
import { rememberSentByWorker, acknowledgedSince } from "./acknowledged.js";

async function broadcast() {
  await rememberSentByWorker();
  const entries = (await pendingEntries()).filter(({ state }) => state !== "open");
  const sent = acknowledgedSince(document.querySelector("#today, #steps, #day"));
  document.body.dispatchEvent(new CustomEvent("outbox:read", { detail: { entries, sent, stuck, keeps: storageWorks() } }));
}

for (const type of ["outbox:changed", "day:turned", "htmx:afterSwap"]) document.body.addEventListener(type, broadcast);
for (const type of ["pageshow", "online", "offline"]) window.addEventListener(type, broadcast);
