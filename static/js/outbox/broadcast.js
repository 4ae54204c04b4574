/** Reads the outbox for all that show it, whenever it, the page or the network has changed: `outbox:read` on `body`. */
import { stuck } from "./sender.js";
import { keeps, unsent } from "./outbox.js";
import { rememberTaken, sentSince } from "./acknowledged.js";

async function read() {
  await rememberTaken();
  const entries = (await unsent()).filter(({ state }) => state !== "open");
  const sent = sentSince(document.querySelector("#today, #steps, #day"));
  document.body.dispatchEvent(new CustomEvent("outbox:read", { detail: { entries, sent, stuck, keeps: keeps() } }));
}

for (const type of ["outbox:changed", "day:turned", "htmx:afterSwap"]) document.body.addEventListener(type, read);
for (const type of ["pageshow", "online", "offline"]) window.addEventListener(type, read);
