/**
 * The question about pain. An answer is a fact like any other, one for each place: kept on this phone first, with the
 * time of the tap. What the page shows is what the server knew when it made the page, and what this phone said since.
 * Taken back, it goes as a whole: were the last answer to go alone, the one before would come to light again.
 */
import { today } from "../lib/days.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { acknowledgedSince } from "../outbox/acknowledged.js";
import { recordFacts } from "../outbox/facts.js";
import { uuid } from "../lib/uuid.js";

const EVENING_LASTS = 3; // hours into the next day: a question of this evening is still about this day
let answerIds = []; // ids of all that makes up what is shown

document.addEventListener("submit", (event) => {
  const question = event.target.closest("[data-asked]");
  if (!question) return;
  event.preventDefault();
  if (event.target.matches("[data-take-back]")) return undoAnswer(question);
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

/** A region that comes anew must not take away what is being chosen in it, unless htmx keeps that in its place. */
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
  const [kept, sent] = known.map((facts) => facts.filter(counts));
  const served = servedIds(question).filter((id) => !undone.has(id));
  answerIds = [...served, ...[...sent, ...kept].map(({ event }) => event.id)];
  const said = served.length ? servedBy(question) : new Map();
  for (const { event } of [...sent, ...kept]) said.set(event.site, event.score);
  for (const place of question.querySelectorAll("[data-site]")) {
    const score = said.get(place.dataset.site);
    place.hidden = score === undefined;
    place.querySelector("[data-number]").textContent = score ?? "";
  }
  question.querySelector("[data-kept]").hidden = !kept.length;
  const details = question.querySelector("details");
  // Whoever is choosing is left alone.
  if (turn(question, details, said.size > 0) || !details.open) choose(question, (site) => said.get(site));
}

/** From asking to what was said, or back; whether it had to. */
function turn(question, details, answered) {
  const words = question.querySelector("[data-answer]");
  const turns = words.hidden === answered;
  const hides = [words, details.firstElementChild, question.querySelector("[data-take-back]")];
  if (turns) for (const part of hides) part.hidden = !answered;
  if (turns) details.open = !answered;
  return turns;
}

function choose(question, scoreOf) {
  for (const radio of question.querySelectorAll("input[type=radio]")) {
    radio.checked = radio.value === String(scoreOf(radio.name));
  }
}

/** Of what the page came with, unless it was kept since another day. */
function servedIds(question) {
  return isOld(question) ? [] : [...question.querySelectorAll("[data-take-back] [name=target]")].map(({ value }) => value);
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
