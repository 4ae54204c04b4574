/**
 * Reads the outbox for every script that shows it, after a change of the outbox, the page or the network: `outbox:read`
 * on `body`.
 */
import { acknowledgedSince, rememberSentByWorker } from "./acknowledged.js";
import { pendingEntries, storageWorks } from "./outbox.js";
import { silent, stuck } from "./sender.js";

let newest = 0;

/** Dropped when another began meanwhile: what it read may be gone, and it would paint over a newer page. */
async function broadcast() {
  const number = (newest += 1);
  await rememberSentByWorker();
  const entries = (await pendingEntries()).filter(({ state }) => state !== "open");
  if (number !== newest) return;
  const acknowledged = acknowledgedSince(document.querySelector("#today, #steps, #day"));
  const detail = { entries, acknowledged, stuck, silent, keeps: storageWorks() };
  document.body.dispatchEvent(new CustomEvent("outbox:read", { detail }));
}

for (const type of ["outbox:changed", "day:turned", "htmx:afterSwap"]) document.body.addEventListener(type, broadcast);
for (const type of ["pageshow", "online", "offline"]) window.addEventListener(type, broadcast);
