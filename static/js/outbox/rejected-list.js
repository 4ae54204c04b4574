/** The facts that the server rejected, and what the user can do about each. None is removed without a tap. */
import { dateWriter } from "../lib/date-text.js";
import { today } from "../lib/days.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";
import { putEntry, removeEntries, resendEntry } from "./outbox.js";
import { sendWaiting } from "./sender.js";

const section = document.getElementById("rejected");
const list = section.querySelector("ul");
const title = document.getElementById("rejected-title");
const news = document.getElementById("rejected-news");
const sentAgain = new Set(); // ids that were sent again and may be rejected again
const DAY_ONLY = "2026-11-20".length;
let listed = [];

document.body.addEventListener("outbox:read", ({ detail: { entries } }) => {
  const rejected = entries.filter(({ state }) => state === "rejected");
  const came = rejected.filter((entry) => !listed.includes(keyOf(entry)));
  if (!came.length && rejected.length === listed.length) return;
  listed = rejected.map(keyOf);
  const hadFocus = section.contains(document.activeElement);
  list.replaceChildren(...rejected.map(itemOf));
  news.textContent = came.length ? wordsOn(came) : "";
  section.hidden = !rejected.length;
  if (hadFocus) focus(section.hidden ? document.getElementById("main") : title);
});

/** A rejection that comes back is news, even if nobody saw it go. */
function keyOf({ id }) {
  return `${id} ${sentAgain.has(id)}`;
}

function wordsOn(came) {
  const again = came.some(({ id }) => sentAgain.has(id)) && list.querySelector("[data-again]");
  return (again || title).textContent;
}

/** Focuses the whole page when the list is gone: the page's headings may be hidden, as those of a session are. */
function focus(place) {
  place.tabIndex = -1;
  place.focus();
}

function itemOf(entry, place) {
  const { id, event, name, why } = entry;
  const item = document.getElementById("rejected-one").content.cloneNode(true).firstElementChild;
  const at = event.completed_at ?? event.started_at ?? event.day;
  item.querySelector("[data-what]").textContent = name || event.exercise || event.text || "";
  item.querySelector("[data-why]").textContent = why;
  item.querySelector("time").textContent = at ? timeText(at) : "";
  item.querySelector("[data-again]").hidden = !sentAgain.has(id);
  describeButtons(item, `rejected-${place}`);
  const kind = event.source === "backdated" ? "added" : event.kind; // "just now" does not fit a set of another day
  for (const part of item.querySelectorAll("[data-kind]")) part.hidden = part.dataset.kind !== kind;
  for (const part of item.querySelectorAll("[data-slot]")) part.hidden = part.dataset.slot !== event.slot;
  item.addEventListener("click", ({ target }) => ACTS[target.dataset.resolve]?.(entry, item));
  return item;
}

/** "Send again" stands in every item, so a screen reader also hears the item's name and time. */
function describeButtons(item, id) {
  item.querySelector("[data-which]").id = id;
  for (const button of item.querySelectorAll("button")) button.setAttribute("aria-describedby", id);
}

const ACTS = {
  async again({ id }) {
    await resendEntry(id);
    sentAgain.add(id);
    sendWaiting();
  },
  /** Makes another event, because the rejected one stays as it is. Stores it before it removes the old one. */
  async now({ id, event, ...entry }) {
    const done = { ...event, id: uuid(), completed_at: isoWithOffset(new Date()), timezone: zone() };
    await putEntry({ id: done.id, event: done, name: entry.name, state: "waiting", day: today() });
    await removeEntries([id]);
    sendWaiting();
  },
  ask: (entry, item) => ask(item, true),
  keep: (entry, item) => ask(item, false),
  remove: ({ id }) => removeEntries([id]),
};

function ask(item, asked) {
  for (const answer of item.querySelectorAll("[data-resolve=remove], [data-resolve=keep]")) answer.hidden = !asked;
  item.querySelector("[data-resolve=ask]").hidden = asked;
  item.querySelector(asked ? "[data-resolve=remove]" : "[data-resolve=ask]").focus();
}

/** Empty when the time cannot be read: that may be the reason of the rejection. */
function timeText(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const clock = String(at).length > DAY_ONLY ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { timeZone: "UTC" };
  const words = { weekday: "short", day: "numeric", month: "short", ...clock };
  return dateWriter(words)(date);
}
