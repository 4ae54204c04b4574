/**
 * A page left open turns to the new day by itself. It asks the server for the day (`day:turned` on `body`). Until the
 * server answers, yesterday's board is outdated: its marks are to do, its counters are hidden, its date is today's.
 */
import { dateText } from "../lib/date-text.js";
import { today } from "../lib/days.js";

const QUARTER = 15 * 60_000; // in every zone, a day begins at a quarter of an hour
let timer;
let trusted = "";

/** Whether the board that holds this element is of another day than today. */
export function isOutdated(element) {
  const board = element?.closest("[data-day]");
  return Boolean(board) && board.dataset.day !== today() && trusted !== pair(board);
}

/** When a fresh page names another day than the phone, the phone's clock is wrong and the server is right. */
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.matches("[data-day]")) trusted = pair(target);
});

function pair(board) {
  return `${board.dataset.day} ${today()}`;
}

function checkDay() {
  clearTimeout(timer);
  timer = setTimeout(checkDay, QUARTER - (Date.now() % QUARTER));
  const board = document.querySelector("[data-day]");
  if (!isOutdated(board)) return;
  board.classList.add("is-over");
  const date = board.querySelector("[data-date]");
  if (date) date.textContent = dayText(today());
  document.body.dispatchEvent(new CustomEvent("day:turned"));
}

function dayText(day) {
  const words = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  return dateText(new Date(day), words);
}

for (const type of ["pageshow", "online"]) window.addEventListener(type, checkDay);
document.addEventListener("visibilitychange", checkDay);
