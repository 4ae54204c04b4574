/**
 * What the server has taken in the last two days: a page that this phone kept may be older than that. An entry is
 * {event, day, at}, `at` the server's time in milliseconds; what a page shows is as old as its `data-served`.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";
import { removeEntries, sentByWorker, user } from "./outbox.js";

const ACKNOWLEDGED = `acknowledged:${user}`;
const LASTS = 2 * 24 * 3600_000;
const seen = new Set(); // ids: a disk may let nothing be crossed out

/** `served`: when the server answered. */
export function rememberAcknowledged(entries, served) {
  const news = entries.map(({ event, day }) => ({ event, day, at: served }));
  writeLocal(ACKNOWLEDGED, [...(readLocal(ACKNOWLEDGED) ?? []), ...news].filter(({ at, event }) => at > served - LASTS && event.kind !== "session"));
}

/** What the worker sent when no page was there to rememberAcknowledged it. */
export async function rememberSentByWorker() {
  const news = (await sentByWorker()).filter(({ id }) => !seen.has(id));
  for (const entry of news) rememberAcknowledged([entry], entry.at);
  for (const { id } of news) seen.add(id);
  if (news.length) await removeEntries(news.map(({ id }) => id));
}

/** What a part of the page, served then, cannot know; a set that was taken back since is no news. */
export function acknowledgedSince(element) {
  const news = (readLocal(ACKNOWLEDGED) ?? []).filter(({ at }) => at > Number(element?.dataset.served));
  const undone = new Set(news.map(({ event }) => event.target));
  return news.filter(({ event }) => !undone.has(event.id));
}

/** Nobody else is to find it. */
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-log-out]")) forgetOf(user);
});

function forgetOf(whose) {
  const personal = [ACKNOWLEDGED, ...Object.keys(localStorage).filter((key) => key.startsWith(`session:${whose}:`))];
  for (const key of personal) localStorage.removeItem(key);
}
