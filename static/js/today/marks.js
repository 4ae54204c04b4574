/**
 * Paints facts that are on this phone over the server's marks: a set, an undo, a rejected event. On a page of yesterday
 * every mark and step is to do. Words and pictures come from templates in the page.
 */
import { dayShown } from "../lib/days.js";
import { isOutdated } from "../page/midnight.js";

let canStore = true;
const asServed = new Map(); // painted element -> its look from the server, and the id of the painted entry

/** A waiting entry that is gone has arrived: its paint stays until the server's own marks come. */
document.body.addEventListener("outbox:read", ({ detail: { entries, acknowledged, keeps } }) => {
  canStore = keeps;
  const ids = new Set(entries.map(({ id }) => id));
  const board = document.getElementById("today");
  for (const [mark, served] of asServed) {
    const arrived = served.waiting && !ids.has(served.waiting);
    if (arrived && mark.isConnected && !isOutdated(mark)) continue;
    restore(mark, served);
    asServed.delete(mark);
  }
  if (isOutdated(board)) for (const mark of board.querySelectorAll("td .mark")) paint(mark, "todo");
  const undone = undosOf([...acknowledged, ...entries]);
  for (const form of document.querySelectorAll("form[data-sets]")) paintUndone(form, undone);
  for (const entry of acknowledged) if (!undone.has(entry.event.id)) showAcknowledged(entry);
  for (const entry of entries) if (!undone.has(entry.id)) show(entry);
});

/** Ids of the undone sets, each with the id of its undo. */
function undosOf(entries) {
  const undos = entries.filter(({ event, state }) => event.kind === "undo" && state !== "rejected");
  return new Map(undos.map(({ event }) => [event.target, event.id]));
}

/** The page is older than the server's answer: it comes from this phone's cache. */
function showAcknowledged({ event, day }) {
  if (day !== dayShown()) return;
  if (event.kind === "undo") for (const mark of marksOfSet(event.target)) paint(mark, "todo", event.id);
  for (const mark of marksOf(event)) paint(mark, "acknowledged", event.id);
  for (const form of formsOf(event)) paintStep(form, "acknowledged", event.id);
}

function show({ id, event, state, day }) {
  const waiting = state === "waiting" && id;
  if (event.kind === "undo" && waiting) for (const mark of marksOfSet(event.target)) paint(mark, "undone", waiting);
  if (event.kind !== "set" || day !== dayShown()) return;
  for (const mark of marksOf(event)) paint(mark, state, waiting);
  for (const form of formsOf(event)) paintStep(form, state, waiting);
}

function marksOf({ slot, exercise }) {
  return [document.getElementById(`mark-${slot}-${exercise}`)].filter(Boolean);
}

function marksOfSet(uuid) {
  return document.querySelectorAll(`.mark[formaction*="${uuid}"], .mark[value="${uuid}"]`);
}

function formsOf({ slot, exercise }) {
  return document.querySelectorAll(`form[data-exercise="${exercise}"][data-slot="${slot}"]`);
}

function paint(mark, state, waiting = "") {
  const look = document.getElementById(`mark-${state}`);
  if (!asServed.has(mark)) asServed.set(mark, { className: mark.className, html: mark.innerHTML, ...labelOf(mark) });
  asServed.get(mark).waiting = waiting;
  mark.classList.remove("is-waiting", "is-undone", "is-rejected", "is-part", "is-new");
  if (look.dataset.look) mark.classList.add(look.dataset.look);
  mark.dataset.state = state === "undone" ? "waiting" : state;
  mark.setAttribute("aria-disabled", Boolean(waiting)); // a tap does nothing until the server has answered
  mark.setAttribute("aria-pressed", look.dataset.pressed);
  const words = (!canStore && look.dataset.held) || look.dataset.words;
  if (mark.closest("td")) mark.setAttribute("aria-label", `${placeOf(mark)}: ${words}`);
  if (mark.closest("td")) mark.replaceChildren(look.content.cloneNode(true));
}

function restore(mark, { className, html, pressed, label }) {
  if (mark.matches("form")) return paintStep(mark, "");
  mark.className = className;
  mark.innerHTML = html;
  delete mark.dataset.state;
  mark.removeAttribute("aria-disabled");
  mark.setAttribute("aria-pressed", pressed);
  mark.setAttribute("aria-label", label);
}

function labelOf(mark) {
  return { pressed: mark.getAttribute("aria-pressed"), label: mark.getAttribute("aria-label") };
}

/** "Toe presses, Morning": the names of the row and of the column. */
function placeOf(mark) {
  const cell = mark.closest("td");
  const session = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
  return `${cell.closest("tr").querySelector("[data-name]").textContent}, ${session.textContent}`;
}

/** Any of its sets makes a step done. It is to do when all of them are undone. */
function paintUndone(form, undone) {
  const ids = form.dataset.sets.split(" ");
  if (isOutdated(form) || ids.every((id) => undone.has(id))) paintStep(form, "todo", undone.get(ids[0]));
}

/** Paints a step of a session; without a `state`, as the server sent it. A done step has no button. */
function paintStep(form, state, waiting = "") {
  if (state) asServed.set(form, { waiting });
  const shown = state || ("sets" in form.dataset ? "acknowledged" : "todo");
  form.querySelector("button").toggleAttribute("hidden", shown !== "todo");
  form.querySelector("[data-note=waiting]").toggleAttribute("hidden", shown !== "waiting");
  form.querySelector("[data-note=acknowledged]").toggleAttribute("hidden", shown !== "acknowledged");
}
