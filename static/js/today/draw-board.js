/**
 * Draws what the marks of Today add up to: the ring, the session to do next, the day's pill in the week. The words are
 * patterns that the page carries (exercises/pages/today_words.py).
 */
import { dateWriter } from "../lib/date-text.js";
import { filled } from "../lib/filled.js";

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const dateText = dateWriter({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

export function drawBoard(drawn) {
  const { root, rest, tooOld } = drawn;
  root.toggleAttribute("data-rest", Boolean(rest));
  root.dataset.drawnDay = drawn.day;
  root.toggleAttribute("data-later", drawn.day !== root.dataset.day);
  root.querySelector(".today-old").hidden = !tooOld;
  root.querySelector("[data-date]").textContent = dayText(drawn.day);
  root.querySelector("[data-key=todo]").hidden = !drawn.now;
  root.querySelector("[data-key=extra]").hidden = drawn.extras.every(({ count }) => !count);
  for (const column of root.querySelectorAll("th[data-slot]")) column.classList.toggle("is-now", column.dataset.slot === drawn.now);
  drawRing(drawn);
  drawNext(drawn);
  drawWeek(drawn);
  drawRestToday(drawn);
}

function drawRing({ root, words, ring, done, due }) {
  const place = root.querySelector(".ring");
  place.hidden = !due;
  place.setAttribute("aria-label", filled(words.ring, { done: number.format(done), due }));
  place.querySelector(".ring-track").setAttribute("stroke-dasharray", ring[0]);
  place.querySelector(".ring-fill").setAttribute("stroke-dasharray", ring[1]);
  const [sets, of] = place.querySelector(".ring-text").children;
  sets.textContent = number.format(done);
  of.textContent = filled(words.of, { due });
}

function drawNext({ root, words, rest, next, due }) {
  const place = root.querySelector(".next");
  const state = rest ? "rest" : next ? "open" : due ? "done" : "none";
  const session = next && root.querySelector(`th[data-slot="${next.slot}"]`).textContent;
  const [kick, title] = rest ? words.rest[rest] : words[state] ?? [words[next.behind ? "behind" : "next"], words.titles[next.more]];
  const row = next && root.querySelector(`tr[data-exercise="${next.exercise}"]`);
  const lower = session?.toLocaleLowerCase(document.documentElement.lang);
  place.dataset.state = state;
  place.querySelector(".next-kick").textContent = filled(kick, { session: lower });
  place.querySelector("h2").textContent = filled(title, { name: row?.querySelector("[data-name]").textContent });
  const shown = row ?? root.querySelector('tr[data-exercise="toe-walking"]'); // of a day that is done
  if (shown) place.querySelector("use").setAttribute("href", next?.art ?? shown.dataset.art);
  place.querySelector("[name=reason]").value = rest;
  for (const needs of place.querySelectorAll("[data-needs]")) needs.hidden = needs.dataset.needs !== next?.slot;
  for (const link of place.querySelectorAll("a.btn")) drawLink(link, next, words);
}

/** The huge Start, or the quiet one of a rest day. */
function drawLink(link, next, words) {
  if (!link.matches(".btn-go")) link.hidden = !next;
  if (!next) return;
  link.setAttribute("href", link.getAttribute("href").replace(/[a-z]+\/$/, `${next.slot}/`));
  link.querySelector("span").textContent = filled(words.start, { minutes: next.minutes });
}

/** The page has no pill for a day of another week, so the week is hidden. */
function drawWeek({ root, words, day, rest, done, due, pill, complete }) {
  const place = root.querySelector(`[data-pill="${day}"]`);
  root.querySelector(".today-week").hidden = !place;
  if (!place) return;
  for (const each of root.querySelectorAll("[data-pill]")) each.removeAttribute("aria-current");
  place.setAttribute("aria-current", "date");
  place.classList.toggle("is-rest", Boolean(rest));
  place.classList.remove("is-future");
  const [y, height] = pill ?? [56, 0];
  // Only the page's own day has all shapes.
  if (day !== root.dataset.day) {
    place.querySelector("svg").replaceWith(root.querySelector(`[data-pill="${root.dataset.day}"] svg`).cloneNode(true));
  }
  const fill = place.querySelector(".fill");
  fill.setAttribute("y", y);
  fill.setAttribute("height", height);
  fill.classList.toggle("is-full", complete);
  const text = rest ? `{day}: ${words.rest[rest][0].toLocaleLowerCase()}` : due ? words.day : words.nothing;
  place.querySelector(".sr").textContent = filled(text, { day: dayText(day), done: number.format(done), due });
}

/**
 * "Rest today?" is closed while it is hidden: it must not stand open when a rest day is removed. Its link leads to the
 * day that is drawn, which may not be the page's own.
 */
function drawRestToday({ root, day, rest, due }) {
  const place = root.querySelector(".today-rest");
  place.hidden = Boolean(rest) || !due;
  if (place.hidden) place.open = false;
  const link = place.querySelector("a");
  link.setAttribute("href", link.getAttribute("href").replace(/[\d-]{10}/, day));
}

function dayText(day) {
  return dateText(new Date(day));
}
