/**
 * What the server has taken in the last two days: a page that this phone kept may be older than that. An entry is
 * {event, day, at}, `at` the server's time in milliseconds; what a page shows is as old as its `data-served`.
 */
import { keep, kept } from "../lib/local-store.js";
import { remove, takenByWorker, user } from "./outbox.js";

const SENT = `sent:${user}`;
const LASTS = 2 * 24 * 3600_000;
const seen = new Set(); // ids: a disk may let nothing be crossed out

/** `served`: when the server answered. */
export function remember(entries, served) {
  const news = entries.map(({ event, day }) => ({ event, day, at: served }));
  keep(SENT, [...(kept(SENT) ?? []), ...news].filter(({ at, event }) => at > served - LASTS && event.kind !== "session"));
}

/** What the worker sent when no page was there to remember it. */
export async function rememberTaken() {
  const news = (await takenByWorker()).filter(({ id }) => !seen.has(id));
  for (const entry of news) remember([entry], entry.at);
  for (const { id } of news) seen.add(id);
  if (news.length) await remove(news.map(({ id }) => id));
}

/** What a part of the page, served then, cannot know; a set that was taken back since is no news. */
export function sentSince(element) {
  const news = (kept(SENT) ?? []).filter(({ at }) => at > Number(element?.dataset.served));
  const undone = new Set(news.map(({ event }) => event.target));
  return news.filter(({ event }) => !undone.has(event.id));
}

/** Nobody else is to find it. */
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-log-out]")) forgetOf(user);
});

function forgetOf(whose) {
  const personal = [SENT, ...Object.keys(localStorage).filter((key) => key.startsWith(`session:${whose}:`))];
  for (const key of personal) localStorage.removeItem(key);
}
