/**
 * The question about pain. An answer is one fact for each place, stored on this phone with the time of the tap. The
 * page shows the answer from the server and this phone's facts since. An undo removes the whole answer: without its
 * last part alone, the answer before would show again.
 */
import { today } from "../lib/days.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";
import { acknowledgedSince } from "../outbox/acknowledged.js";
import { recordFacts } from "../outbox/facts.js";

const EVENING_LASTS = 3; // hours into the next day; until then a question of the evening is about the evening's day
let answerIds = []; // ids of all facts that make up the shown answer

document.addEventListener("submit", (event) => {
  const question = event.target.closest("[data-asked]");
  if (!question) return;
  event.preventDefault();
  if (event.target.matches("[data-undo]")) return undoAnswer(question);
  if (event.submitter?.name === "all") choose(question, () => event.submitter.value);
  const chosen = question.querySelectorAll("input:checked");
  question.querySelector("[data-empty]").hidden = chosen.length > 0;
  if (!chosen.length) return;
  const common = { day: dayOfQuestion(question), said_at: isoWithOffset(new Date()), timezone: zone() };
  const ratings = [...chosen].map(({ name, value }) => ({ site: name, score: Number(value) }));
  recordFacts(ratings.map((rating) => ({ kind: "pain", id: uuid(), ...rating, ...common })));
  question.querySelector("details").open = false;
  question.querySelector("h2").focus();
});

function undoAnswer(question) {
  recordFacts(answerIds.map((target) => ({ kind: "undo", id: uuid(), target, timezone: zone() })));
  answerIds = [];
  question.querySelector("h2").focus();
}

document.body.addEventListener("outbox:read", ({ detail: { entries } }) => {
  const question = document.querySelector("[data-asked]");
  if (question) showAnswer(question, entries.filter(({ state }) => state === "waiting"));
});

/** A fetched region must not remove what the user is choosing, unless htmx preserves it. */
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const question = detail.target.querySelector("[data-asked]:has(details[open])");
  if (question && !question.closest("[hx-preserve]") && isTouched(question)) detail.shouldSwap = false;
});

function isTouched(part) {
  const touched = [...part.querySelectorAll("input[type=radio]")].some((radio) => radio.checked !== radio.defaultChecked);
  return touched || part.contains(document.activeElement);
}

function showAnswer(question, waiting) {
  const known = [waiting, acknowledgedSince(question)];
  const undone = new Set(known.flat().map(({ event }) => event.target));
  const counts = ({ event }) => isAbout(question, event) && !undone.has(event.id);
  const [here, acknowledged] = known.map((facts) => facts.filter(counts));
  const ratings = [...acknowledged, ...here].map(({ event }) => event);
  const served = servedIds(question).filter((id) => !undone.has(id));
  answerIds = [...served, ...ratings.map(({ id }) => id)];
  const scores = served.length ? servedBy(question) : new Map();
  for (const { site, score } of ratings) scores.set(site, score);
  for (const place of question.querySelectorAll("[data-site]")) {
    const score = scores.get(place.dataset.site);
    place.hidden = score === undefined;
    place.querySelector("[data-number]").textContent = score ?? "";
  }
  question.querySelector("[data-note=waiting]").hidden = !here.length;
  const details = question.querySelector("details");
  // The choice under way is left alone.
  if (turn(question, details, scores.size > 0) || !details.open) choose(question, (site) => scores.get(site));
}

/** Turns from question to answer, or back; returns whether it had to. */
function turn(question, details, answered) {
  const words = question.querySelector("[data-answer]");
  const turns = words.hidden === answered;
  if (!turns) return false;
  for (const part of question.querySelectorAll("[data-answered]")) part.hidden = !answered;
  for (const part of question.querySelectorAll("[data-unanswered]")) part.hidden = answered;
  details.open = false;
  return true;
}

function choose(question, scoreOf) {
  for (const radio of question.querySelectorAll("input[type=radio]")) {
    radio.checked = radio.value === String(scoreOf(radio.name));
  }
}

/** The ids that the page came with, unless the page is of another day. */
function servedIds(question) {
  return isOld(question) ? [] : [...question.querySelectorAll("[data-undo] [name=target]")].map(({ value }) => value);
}

function servedBy(question) {
  const places = [...question.querySelectorAll("[data-site]")];
  return new Map(places.filter(({ dataset }) => dataset.score).map(({ dataset }) => [dataset.site, dataset.score]));
}

function isAbout(question, { kind, day }) {
  const { since, asked } = isOld(question) ? { since: today(), asked: today() } : question.dataset;
  return kind === "pain" && since <= day && day <= asked;
}

function dayOfQuestion(question) {
  return isOld(question) ? today() : question.querySelector("[name=day]").value;
}

function isOld(question) {
  return question.dataset.asked < today(EVENING_LASTS);
}
