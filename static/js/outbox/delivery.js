/**
 * Brings events to the server by the JSON door, for pages and for the service worker. Only an answer that names an event
 * settles it. `settle`: {taken(entries, served), rejected(id, why)}, `served` the server's time in milliseconds.
 */
import { isoWithOffset } from "../lib/phone-time.js";

export const BATCH = 50;
const TIMEOUT = 8000;
const ABOUT_THE_BATCH = new Set([400, 413, 422]);

/** {user: id or null, csrf: a fresh token}. */
export async function whoIsThere(door) {
  return (await request(door, { cache: "no-store" })).json();
}

export async function deliver(door, batch, csrf, settle) {
  const body = JSON.stringify({ sent_at: isoWithOffset(new Date()), events: batch.map(({ event }) => event) });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  const answer = await request(door, { method: "POST", headers, body });
  const { results, errors, error } = await answer.json();
  if (ABOUT_THE_BATCH.has(answer.status)) return findCulprit(door, batch, csrf, settle, error);
  const taken = batch.filter(({ id }) => results[id] === "created" || results[id] === "duplicate");
  const rejected = batch.filter(({ id }) => results[id] === "rejected");
  if (!taken.length && !rejected.length) throw new Error("no answer for any of these events");
  await settle.taken(taken, Number(answer.headers.get("X-Served")));
  for (const { id } of rejected) await settle.rejected(id, errors[id]);
}

/** As long as one of them breaks the server, the others are taken all the same. */
export async function deliverEachAlone(door, batch, csrf, settle) {
  let broken = null;
  for (const entry of batch) await deliver(door, [entry], csrf, settle).catch((error) => (broken = error));
  if (broken) throw broken;
}

/** One event must never hold up the others: when the batch as such was refused, each goes by itself. */
async function findCulprit(door, batch, csrf, settle, error) {
  if (!error) throw new Error("not an answer of ours");
  if (batch.length === 1) await settle.rejected(batch[0].id, error);
  else for (const entry of batch) await deliver(door, [entry], csrf, settle);
}

/** Any answer that may settle something; all others throw. */
async function request(door, options) {
  const answer = await fetch(door, { ...options, redirect: "error", signal: AbortSignal.timeout?.(TIMEOUT) });
  if (answer.ok || ABOUT_THE_BATCH.has(answer.status)) return answer;
  const retryAfter = answer.headers.get("Retry-After");
  throw Object.assign(new Error(answer.status), { status: answer.status, retryAfter });
}
