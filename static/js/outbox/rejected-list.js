/** The facts that the server rejected, and what can be done about each. Nothing of them goes without a tap. */
import { today } from "../lib/days.js";
import { sendWaiting } from "./sender.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { putEntry, removeEntries, resendEntry } from "./outbox.js";
import { uuid } from "../lib/uuid.js";

const section = document.getElementById("refused");
const list = section.querySelector("ul");
const title = document.getElementById("refused-title");
const news = document.getElementById("refused-news");
const sentAgain = new Set(); // ids: they may come back
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

/** One that comes back is news, even if nobody saw it go. */
function keyOf({ id }) {
  return `${id} ${sentAgain.has(id)}`;
}

function wordsOn(came) {
  const again = came.some(({ id }) => sentAgain.has(id)) && list.querySelector("[data-again]");
  return (again || title).textContent;
}

/** The page as such, when the list has gone: its headings may be hidden, the session's are. */
function focus(place) {
  place.tabIndex = -1;
  place.focus();
}

function itemOf(entry, place) {
  const { id, event, name, why } = entry;
  const item = document.getElementById("refused-one").content.cloneNode(true).firstElementChild;
  const at = event.completed_at ?? event.started_at ?? event.day;
  item.querySelector("[data-what]").textContent = name || event.exercise || event.text || "";
  item.querySelector("[data-why]").textContent = why;
  item.querySelector("time").textContent = at ? timeText(at) : "";
  item.querySelector("[data-again]").hidden = !sentAgain.has(id);
  describeButtons(item, `refused-${place}`);
  const kind = event.source === "backdated" ? "added" : event.kind; // of a set of another day nobody says "just now"
  for (const part of item.querySelectorAll("[data-kind]")) part.hidden = part.dataset.kind !== kind;
  for (const part of item.querySelectorAll("[data-slot]")) part.hidden = part.dataset.slot !== event.slot;
  item.addEventListener("click", ({ target }) => ACTS[target.dataset.mend]?.(entry, item));
  return item;
}

/** "Send again" stands in every item: by what and when one hears which it belongs to. */
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
  /** Another event, for the rejected one stays what it was: kept before the old one goes. */
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
  for (const answer of item.querySelectorAll("[data-mend=remove], [data-mend=keep]")) answer.hidden = !asked;
  item.querySelector("[data-mend=ask]").hidden = asked;
  item.querySelector(asked ? "[data-mend=remove]" : "[data-mend=ask]").focus();
}

/** Empty when it is no time at all: that may be why it was rejected. */
function timeText(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const clock = String(at).length > DAY_ONLY ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { timeZone: "UTC" };
  const words = { weekday: "short", day: "numeric", month: "short", ...clock };
  return new Intl.DateTimeFormat(document.documentElement.lang, words).format(date);
}
