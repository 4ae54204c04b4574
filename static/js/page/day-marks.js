/**
 * Paints facts that are on this phone over the server's marks on the page of a day: a set, an undo, a rejected event.
 * Today draws its marks itself. Words and pictures come from templates in the page.
 */
import { dayShown } from "../lib/days.js";
import { undosOf } from "../lib/undone-sets.js";

const asServed = new Map(); // painted element -> its look from the server, and the id of the painted entry

/** A waiting entry that is gone has arrived: its paint stays until the server's own marks come. */
document.body.addEventListener("outbox:read", ({ detail: { entries, acknowledged } }) => {
  const ids = new Set(entries.map(({ id }) => id));
  for (const [mark, served] of asServed) {
    const arrived = served.waiting && !ids.has(served.waiting);
    if (arrived && mark.isConnected) continue;
    restore(mark, served);
    asServed.delete(mark);
  }
  const undone = undosOf([...acknowledged, ...entries]);
  for (const entry of acknowledged) if (!undone.has(entry.event.id)) showAcknowledged(entry);
  for (const entry of entries) if (!undone.has(entry.id)) show(entry);
});

/** The page is older than the server's answer: it comes from this phone's cache. */
function showAcknowledged({ event, day }) {
  if (day !== dayShown()) return;
  if (event.kind === "undo") for (const mark of marksOfSet(event.target)) paint(mark, "todo", event.id);
  for (const mark of marksOf(event)) paint(mark, "acknowledged", event.id);
}

function show({ id, event, state, day }) {
  const waiting = state === "waiting" && id;
  if (event.kind === "undo" && waiting) for (const mark of marksOfSet(event.target)) paint(mark, "undone", waiting);
  if (event.kind !== "set" || day !== dayShown()) return;
  for (const mark of marksOf(event)) paint(mark, state, waiting);
}

function marksOf({ slot, exercise }) {
  return document.querySelectorAll(`#day #mark-${slot}-${exercise}`);
}

function marksOfSet(uuid) {
  return document.querySelectorAll(`#day [data-set="${uuid}"] .mark`);
}

function paint(mark, state, waiting = "") {
  const look = document.getElementById(`mark-${state}`);
  if (!asServed.has(mark)) asServed.set(mark, { className: mark.className, html: mark.innerHTML, ...wordsOf(mark) });
  asServed.get(mark).waiting = waiting;
  mark.classList.remove("is-waiting", "is-undone", "is-rejected", "is-part", "is-new");
  if (look.dataset.look) mark.classList.add(look.dataset.look);
  mark.dataset.state = state === "undone" ? "waiting" : state;
  mark.setAttribute("aria-disabled", Boolean(waiting)); // a tap does nothing until the server has answered
  mark.setAttribute("aria-pressed", look.dataset.pressed);
  mark.setAttribute("aria-label", `${placeOf(mark)}: ${look.dataset.words}`);
  lineOf(mark).textContent = look.dataset.words;
  mark.replaceChildren(look.content.cloneNode(true));
}

function restore(mark, { className, html, line, pressed, label }) {
  mark.className = className;
  mark.innerHTML = html;
  lineOf(mark).innerHTML = line;
  delete mark.dataset.state;
  mark.removeAttribute("aria-disabled");
  mark.setAttribute("aria-pressed", pressed);
  mark.setAttribute("aria-label", label);
}

function wordsOf(mark) {
  const [pressed, label] = ["aria-pressed", "aria-label"].map((name) => mark.getAttribute(name));
  return { pressed, label, line: lineOf(mark).innerHTML };
}

/** "Toe presses, Morning": the name of the line and of its list. */
function placeOf(mark) {
  return `${mark.closest("li").querySelector("[data-name]").textContent}, ${mark.closest("ul").getAttribute("aria-label")}`;
}

/** Where the line says when and how the set came in. */
function lineOf(mark) {
  return mark.closest("li").querySelector("[data-line]");
}
