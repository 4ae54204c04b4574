/**
 * What the server acknowledged in the last two days: a page from this phone's cache may be older. An entry is {event,
 * day, at}, `at` the server's time in milliseconds. A page's content is as old as its `data-served`.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";
import { removeEntries, sentByWorker, user } from "./outbox.js";

const ACKNOWLEDGED = `acknowledged:${user}`;
const LASTS = 2 * 24 * 3600_000;
const seen = new Set(); // ids of entries that a broken disk may not let us remove

/** `served`: when the server answered. */
export function rememberAcknowledged(entries, served) {
  const news = entries.map(({ event, day }) => ({ event, day, at: served }));
  const all = [...acknowledgedFacts(), ...news];
  writeLocal(ACKNOWLEDGED, all.filter(({ at, event }) => at > served - LASTS && event.kind !== "session"));
}

/** Remembers what the service worker sent while no page was open. */
export async function rememberSentByWorker() {
  const news = (await sentByWorker()).filter(({ id }) => !seen.has(id));
  for (const entry of news) rememberAcknowledged([entry], entry.at);
  for (const { id } of news) seen.add(id);
  if (news.length) await removeEntries(news.map(({ id }) => id));
}

/** All entries of the last two days, oldest first. */
export function acknowledgedFacts() {
  return readLocal(ACKNOWLEDGED) ?? [];
}

/** Entries that a part of the page may lack: those of its own millisecond too. A set that was undone since is left out. */
export function acknowledgedSince(element) {
  const news = acknowledgedFacts().filter(({ at }) => at >= Number(element?.dataset.served));
  const undone = new Set(news.map(({ event }) => event.target));
  return news.filter(({ event }) => !undone.has(event.id));
}

/** Another user must not find it. */
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-log-out]")) forgetOf(user);
});

function forgetOf(whose) {
  const personal = [ACKNOWLEDGED, ...Object.keys(localStorage).filter((key) => key.startsWith(`session:${whose}:`))];
  for (const key of personal) localStorage.removeItem(key);
}
