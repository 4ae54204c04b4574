/**
 * Delivers events to the server's JSON address, for pages and for the service worker. Only an answer that names an
 * event settles it. `settle`: {acknowledged(entries, served), rejected(id, why)}, `served` the server's time in
 * milliseconds.
 */
import { isoWithOffset } from "../lib/phone-time.js";

export const BATCH = 50;
const TIMEOUT = 8000;
const ABOUT_THE_BATCH = new Set([400, 413, 422]);

/** {user: id or null, csrf: a fresh token}. */
export async function whoIsLoggedIn(url) {
  return (await request(url, { cache: "no-store" })).json();
}

export async function deliver(url, batch, csrf, settle) {
  const body = JSON.stringify({ sent_at: isoWithOffset(new Date()), events: batch.map(({ event }) => event) });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  const answer = await request(url, { method: "POST", headers, body });
  const { results, errors, error } = await answer.json();
  if (ABOUT_THE_BATCH.has(answer.status)) return findCulprit(url, batch, csrf, settle, error);
  const acknowledged = batch.filter(({ id }) => results[id] === "created" || results[id] === "duplicate");
  const rejected = batch.filter(({ id }) => results[id] === "rejected");
  if (!acknowledged.length && !rejected.length) throw new Error("no answer for any of these events");
  await settle.acknowledged(acknowledged, Number(answer.headers.get("X-Served")));
  for (const { id } of rejected) await settle.rejected(id, errors[id]);
}

/** When one event breaks the server, the others are still delivered. */
export async function deliverOneByOne(url, batch, csrf, settle) {
  let broken = null;
  for (const entry of batch) await deliver(url, [entry], csrf, settle).catch((error) => (broken = error));
  if (broken) throw broken;
}

/** One event must never hold up the others: when the server rejects the batch, each event goes alone. */
async function findCulprit(url, batch, csrf, settle, error) {
  if (!error) throw new Error("not an answer of ours");
  if (batch.length === 1) await settle.rejected(batch[0].id, error);
  else for (const entry of batch) await deliver(url, [entry], csrf, settle);
}

/** Returns each answer that is about an event; throws for all others, and with status 0 when there is none. */
async function request(url, options) {
  const answer = await fetch(url, { ...options, redirect: "error", signal: AbortSignal.timeout?.(TIMEOUT) }).catch(noAnswer);
  if (answer.ok || ABOUT_THE_BATCH.has(answer.status)) return answer;
  const retryAfter = answer.headers.get("Retry-After");
  throw Object.assign(new Error(answer.status), { status: answer.status, retryAfter });
}

function noAnswer(error) {
  throw Object.assign(error, { status: 0 });
}
