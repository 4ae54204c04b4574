/**
 * A page left open turns to the new day by itself: it says so (`day:turned` on `body`), and asks the server for the day.
 * Until the server answers, Today draws the new day from what the page carries.
 */
import { today } from "../lib/days.js";

const QUARTER = 15 * 60_000; // in every zone, a day begins at a quarter of an hour
let timer;
let trusted = "";

/** Whether the board that holds this element is of another day than today. */
export function isOutdated(element) {
  const board = element?.closest("[data-day]");
  return Boolean(board) && board.dataset.day !== today() && !isTrusted(board);
}

/** Whether the server named this day after the phone had named another: the phone's clock is wrong. */
export function isTrusted(board) {
  return trusted === pair(board);
}

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
  document.body.dispatchEvent(new CustomEvent("day:turned"));
}

for (const type of ["pageshow", "online"]) window.addEventListener(type, checkDay);
document.addEventListener("visibilitychange", checkDay);
