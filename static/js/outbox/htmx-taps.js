/**
 * Taps that are htmx requests (`data-stamp`). A tap is a fact: it is stored first and sent then. The htmx request of the
 * tapped element is the fast way: its answer brings the mark back and names the event. When older facts wait, or
 * another request is under way, the sender sends the fact in its turn. The request carries the id and the time of the
 * tap, because a page from a cache would repeat those of yesterday.
 */
import { today } from "../lib/days.js";
import { noteTap, wasJustTapped } from "../lib/double-tap.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { ifSenderIsFree } from "../lib/sender-lock.js";
import { uuid } from "../lib/uuid.js";
import { withTimeout } from "../lib/with-timeout.js";
import { isOutdated, isTrusted } from "../page/midnight.js";
import { acknowledgedSince, rememberAcknowledged } from "./acknowledged.js";
import { dispatchElsewhere, pendingEntries, putEntry, removeEntries } from "./outbox.js";
import { entriesToSend, retryLater, sendWaiting } from "./sender.js";

const NO_ANSWER = 12_000; // milliseconds; longer than the timeout of htmx
let live = null; // the one tap that htmx is sending
let handling = null; // settles when the last tap is sent, or left to the sender

document.addEventListener("htmx:confirm", (event) => {
  const { elt, issueRequest } = event.detail;
  if (!elt.closest("[data-stamp]")) return;
  event.preventDefault();
  const fact = !isIgnored(elt) && factOf(event.detail);
  if (!fact) return;
  noteTap(elt.id);
  handling = storeAndSend(elt, fact, issueRequest);
});

/** Whether htmx is sending a tap: its answer must still find the tapped element. */
export function isLive() {
  return Boolean(live);
}

/** Settles when the last tap is sent, or left to the sender. */
export function lastTap() {
  return handling;
}

async function storeAndSend(elt, event, issueRequest) {
  if (isOldMark(elt) && acknowledgedSince(elt.closest("[data-served]")).some((entry) => isSame(entry, event))) return;
  const same = (await withTimeout(pendingEntries()).catch(() => [])).find((entry) => isSame(entry, event));
  if (elt.matches(".mark") && same && same.state !== "open") return;
  await putEntry({ id: event.id, event, state: "waiting", day: today(), name: nameOf(elt) });
  elt.dispatchEvent(new CustomEvent("mark:tapped", { bubbles: true, detail: event }));
  // The session left this set open, and the tap completes it. Its own id keeps an undo from removing the session's set.
  if (elt.matches(".mark") && same) await removeEntries([same.id]);
  const others = (await withTimeout(entriesToSend()).catch(() => [])).filter(({ id }) => id !== event.id);
  const isFirst = others.every(isSession) && !isOutdated(elt);
  const posted = isFirst && (await ifSenderIsFree(() => elt.isConnected && post(elt, event, issueRequest)));
  if (!posted) sendWaiting();
}

function post(elt, event, issueRequest) {
  return new Promise((answered) => {
    live = { elt, event, answered, removed: null };
    setTimeout(abort, NO_ANSWER, event);
    issueRequest(true);
  });
}

/** htmx reported no end of the request: the sender asks. A late answer would bring back a region that is gone. */
function abort(event) {
  if (live?.event !== event) return;
  const { elt, answered } = live;
  live = null;
  document.body.dispatchEvent(new CustomEvent("htmx:abort", { detail: { elt } }));
  answered(false);
}

/** A set does not wait until its session is reported. */
function isSession({ event }) {
  return event.kind === "session";
}

/** A mark as the page brought it, which may come from this phone's cache: it is not drawn yet. */
function isOldMark(elt) {
  return elt.matches(".mark") && !elt.dataset.drawn;
}

/** The marks may not be painted yet, so a set or an undo that is already stored is not stored twice. */
function isSame({ event, day }, { kind, target, slot, exercise }) {
  if (event.kind !== kind) return false;
  return kind === "undo" ? event.target === target : day === today() && event.slot === slot && event.exercise === exercise;
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt !== live?.elt) return;
  const { kind, target, ...fields } = live.event;
  if (target) detail.path = `${detail.path}${target}/undo/`;
  Object.assign(detail.parameters, fields, { sent_at: isoWithOffset(new Date()) });
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (requestConfig.elt !== live?.elt) return;
  const isNamed = xhr.status < 300 && xhr.getResponseHeader("X-Event") === live.event.id;
  if (isNamed) {
    rememberAcknowledged([{ event: live.event, day: today() }], Number(xhr.getResponseHeader("X-Served")));
    live.removed = removeEntries([live.event.id]);
  }
  // A set beyond the plan has no mark here. htmx would fail, and never say that the tap is over.
  const place = xhr.getResponseHeader("HX-Retarget");
  if (place && !document.querySelector(place)) event.preventDefault();
  // An expired log-in would open its page in the middle of a session: the timer goes on and the sets stay stored.
  if (xhr.status === 401 && live.event.source === "timed") event.preventDefault();
});

/** An answer that does not name the event is a rejection, or not from our server. The sender asks for the reason. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.elt === live?.elt) detail.shouldSwap &&= Boolean(live.removed);
});

document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
  if (requestConfig.elt !== live?.elt) return;
  const { elt, removed, answered } = live;
  live = null;
  answered(removed?.then(() => true) ?? true);
  if (removed) {
    noteTap(elt.id);
    dispatchElsewhere("outbox:synced");
  } else if (xhr.status >= 400 && xhr.status < 500 && xhr.status !== 429) sendWaiting();
  else retryLater(xhr.status && xhr.getResponseHeader("Retry-After"), xhr.status);
});

/** The second half of a double tap on a mark, and any tap on a mark whose event is still on this phone. */
export function isIgnored(elt) {
  if (elt.dataset.state === "rejected") document.getElementById("rejected-title").focus();
  if (elt.dataset.state === "rejected" || elt.getAttribute("aria-disabled") === "true") return true;
  return elt.matches(".mark") && wasJustTapped(elt.id);
}

/** The whole event, as it is stored and sent. A set of a session comes with its event (`set:done`). */
function factOf({ elt, triggeringEvent }) {
  if (triggeringEvent.detail?.event) {
    triggeringEvent.detail.accepted = true;
    return triggeringEvent.detail.event;
  }
  const common = { id: uuid(), timezone: zone() };
  const [, target] = /\/([0-9a-f-]{36})\/undo\/$/.exec(elt.getAttribute("formaction")) ?? [];
  if (target && isOfToday(elt)) return { kind: "undo", ...common, target };
  const [, slot, exercise] = /^mark-([a-z]+)-(.+)$/.exec(elt.id) ?? [];
  return exercise && { kind: "set", ...common, exercise, slot, completed_at: isoWithOffset(new Date()) };
}

/** Between midnight and the next drawing a mark still shows the set of yesterday: a tap on it ticks today. */
function isOfToday(elt) {
  const board = elt.closest("[data-day]");
  const day = board.dataset.drawnDay ?? board.dataset.day;
  return day === today() || isTrusted(board);
}

/** The exercise, in the words of its row or step on the page. */
function nameOf(elt) {
  return elt.closest("tr, li")?.querySelector("[data-name]")?.textContent ?? "";
}
