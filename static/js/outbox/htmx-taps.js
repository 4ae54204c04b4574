/**
 * A tap is a fact: it is kept first, and only then sent. The live way is the tapped element's own htmx request, whose
 * answer brings the region back and names the event; when older facts wait, or somebody is sending, the drain sends it
 * in its turn. Asked for by `data-stamp`: such a request carries what only the phone knows, made at the tap, for a page
 * that came from a cache would replay yesterday's id and time.
 */
import { isOver } from "../page/midnight.js";
import { today } from "../lib/days.js";
import { drain, postpone, waiting } from "./sender.js";
import { inTime } from "../lib/with-timeout.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { put, remove, tellOthers, unsent } from "./outbox.js";
import { remember } from "./acknowledged.js";
import { ifFree } from "../lib/sender-lock.js";
import { uuid } from "../lib/uuid.js";

const DOUBLE_TAP = 1000; // milliseconds
const NO_ANSWER = 12_000; // more than htmx waits itself
const touched = new Map();
let live = null; // the one tap that is under way by htmx
let sending = null; // the last tap, until it is known which way it goes and what became of it there

document.addEventListener("htmx:confirm", (event) => {
  const { elt, issueRequest } = event.detail;
  if (!elt.closest("[data-stamp]")) return;
  event.preventDefault();
  const fact = !isIgnored(elt) && factOf(event.detail);
  if (!fact) return;
  touched.set(elt.id, performance.now());
  sending = send(elt, fact, issueRequest);
});

/** A tap by htmx is on its way: its answer brings the region back, and must find its element there. */
export function isLive() {
  return Boolean(live);
}

/** What no element of the page is about: a session says when it started and when it ended. */
document.addEventListener("fact", async ({ detail: { event, state } }) => {
  await put({ id: event.id, event, state, day: today(), name: "" });
  await sending; // its answer brings the page up to date, and a drain would be in its way
  if (state === "waiting") drain();
});

async function send(elt, event, issueRequest) {
  const same = (await inTime(unsent()).catch(() => [])).find((entry) => isSame(entry, event));
  if (elt.matches(".mark") && same) {
    if (same.state !== "open") return;
  }
  await put({ id: event.id, event, state: "waiting", day: today(), name: nameOf(elt) });
  // It was begun with the coach, and is done now. Under an id of its own, or taking this back would take the coach's.
  if (elt.matches(".mark") && same) await remove([same.id]);
  const older = (await inTime(waiting()).catch(() => [])).some((entry) => entry.id !== event.id && !isSession(entry));
  const posted = !older && !isOver(elt) && (await ifFree(() => elt.isConnected && post(elt, event, issueRequest)));
  if (!posted) drain();
}

function post(elt, event, issueRequest) {
  return new Promise((answered) => {
    live = { elt, event, answered, removed: null };
    setTimeout(giveUp, NO_ANSWER, event);
    issueRequest(true);
  });
}

/** htmx never told what became of it: the drain asks. An answer that came now would bring back a region that is gone. */
function giveUp(event) {
  if (live?.event !== event) return;
  const { elt, answered } = live;
  live = null;
  document.body.dispatchEvent(new CustomEvent("htmx:abort", { detail: { elt } }));
  answered(false);
}

/** No set waits for a session to be told of. */
function isSession({ event }) {
  return event.kind === "session";
}

/** The marks may not have been painted yet: what is unsent already is not done once more. */
function isSame({ event, day }, { kind, target, slot, exercise }) {
  if (event.kind !== kind) return false;
  return kind === "undo" ? event.target === target : day === today() && event.slot === slot && event.exercise === exercise;
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt !== live?.elt) return;
  const { kind, target, ...fields } = live.event;
  Object.assign(detail.parameters, fields, { sent_at: isoWithOffset(new Date()) });
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (requestConfig.elt !== live?.elt) return;
  const named = xhr.status < 300 && xhr.getResponseHeader("X-Event") === live.event.id;
  if (named) {
    remember([{ event: live.event, day: today() }], Number(xhr.getResponseHeader("X-Served")));
    live.removed = remove([live.event.id]);
  }
  // An expired log-in would open its page in the middle of a session: the timer goes on, the sets are kept.
  if (xhr.status === 401 && live.event.source === "timed") event.preventDefault();
});

/** What does not name the event is not ours, or a refusal: the drain asks why, and the list of refused facts says it. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.elt === live?.elt) detail.shouldSwap = Boolean(live.removed);
});

document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
  if (requestConfig.elt !== live?.elt) return;
  const { elt, removed, answered } = live;
  live = null;
  answered(removed?.then(() => true) ?? true);
  if (removed) {
    touched.set(elt.id, performance.now());
    tellOthers("outbox:synced");
  } else if (xhr.status >= 400 && xhr.status < 500 && xhr.status !== 429) drain();
  else postpone(xhr.status && xhr.getResponseHeader("Retry-After"));
});

/** The second half of a double tap, and a mark whose event is still on this phone. */
export function isIgnored(elt) {
  if (elt.dataset.state === "refused") document.getElementById("refused-title").focus();
  if (elt.dataset.state === "refused" || elt.getAttribute("aria-disabled") === "true") return true;
  return elt.matches(".mark") && performance.now() - (touched.get(elt.id) ?? -DOUBLE_TAP) < DOUBLE_TAP;
}

/** The event in full, as it is kept and as it is sent. A set of a session brings it along. */
function factOf({ elt, path, triggeringEvent }) {
  if (triggeringEvent.detail?.event) {
    triggeringEvent.detail.taken = true;
    return triggeringEvent.detail.event;
  }
  const common = { id: uuid(), timezone: zone() };
  const [, target] = /\/sets\/([0-9a-f-]{36})\/undo\/$/.exec(path) ?? [];
  if (target && !isOver(elt)) return { kind: "undo", ...common, target };
  const [, slot, exercise] = /^mark-([a-z]+)-(.+)$/.exec(elt.id) ?? [];
  return exercise && { kind: "set", ...common, exercise, slot, completed_at: isoWithOffset(new Date()) };
}

/** The exercise, as the row or the step of the page calls it. */
function nameOf(elt) {
  const place = document.getElementById(elt.dataset.thenFocus) ?? elt;
  return place.closest("tr, li")?.querySelector("[data-name]")?.textContent ?? "";
}
