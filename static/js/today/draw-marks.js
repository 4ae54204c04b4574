/**
 * Draws the marks of Today: done or to do by the board, and what of it is still on this phone. Pictures and words come
 * from templates in the page.
 */
import { SESSION_SLOTS } from "../lib/days.js";
import { filled } from "../lib/filled.js";

/** `drawn` comes from dayToDraw(), `entries` from the outbox. */
export function drawMarks(drawn, entries) {
  const looks = looksOf(drawn, entries);
  sortRows(drawn);
  nameRows(drawn);
  for (const row of drawn.root.querySelectorAll("tr[data-exercise]")) {
    const own = drawn.marks.filter(({ exercise }) => exercise === row.dataset.exercise);
    const extras = drawn.extras.find(({ exercise }) => exercise === row.dataset.exercise);
    row.hidden = !own.length && !extras?.count;
    for (const [place, slot] of SESSION_SLOTS.entries()) {
      drawCell(row.cells[place + 1], slot, own.find((mark) => mark.slot === slot), drawn, looks);
    }
    drawExtras(row, extras, drawn, looks);
  }
}

/** Another day may have another order. Rows that are in theirs are left alone: moved, they would lose the focus. */
function sortRows({ root, extras }) {
  const rows = extras.map(({ exercise }) => root.querySelector(`tr[data-exercise="${exercise}"]`)).filter(Boolean);
  const isSorted = rows.every((row, place) => !place || row.rowIndex > rows[place - 1].rowIndex);
  if (!isSorted) rows[0].parentNode.append(...rows);
}

/** Another day may have another variant of an exercise. The page's own name of a row is kept in `data-name`. */
function nameRows({ root, plan }) {
  for (const { exercise, name } of plan) {
    const place = root.querySelector(`tr[data-exercise="${exercise}"] [data-name]`);
    if (!place) continue;
    place.dataset.name ||= place.textContent;
    place.textContent = name ?? place.dataset.name;
  }
}

/** Which sets wait, and which marks ("morning toe-presses") have a rejected set or an undo that waits. */
function looksOf({ day, known }, entries) {
  const waiting = entries.filter(({ state }) => state === "waiting");
  const rejected = entries.filter((entry) => entry.state === "rejected" && entry.event.kind === "set" && entry.day === day);
  const undone = new Set(waiting.map(({ event }) => event.target));
  return {
    waiting: new Set(waiting.map(({ id }) => id)),
    rejected: new Set(rejected.map(({ event }) => placeOfSet(event))),
    undone: new Set(known.filter(({ id }) => undone.has(id)).map(placeOfSet)),
  };
}

function placeOfSet({ slot, exercise }) {
  return `${slot} ${exercise}`;
}

function drawCell(cell, slot, mark, drawn, looks) {
  const row = cell.closest("tr");
  const place = placeOfSet({ slot, exercise: row.dataset.exercise });
  const button = cell.querySelector(".mark") ?? (mark && addButton(cell, slot, row.dataset.exercise));
  if (!mark) return button && clear(cell);
  const isDone = mark.share === 100;
  const state = isDone ? (looks.waiting.has(mark.undo) ? "waiting" : "acknowledged")
    : looks.rejected.has(place) ? "rejected" : looks.undone.has(place) ? "undone" : "todo";
  const isNow = slot === drawn.slot && !drawn.rest && !isDone;
  const wasDone = button.getAttribute("aria-pressed") === "true";
  paintToday(button, state, { isNow, isNew: isDone && !wasDone, share: isDone ? 0 : mark.share });
  label(button, row, drawn.root.querySelector(`th[data-slot="${slot}"]`), state, { isNow, share: isDone ? 0 : mark.share });
  tapUndoes(button, isDone ? mark.undo : null, `${slot}/${row.dataset.exercise}`);
}

function paintToday(button, state, { isNow, isNew, share }) {
  const look = document.getElementById(`mark-${state}`);
  const isPlain = state === "todo";
  const names = ["mark", look.dataset.look, isNow && "is-due", isPlain && share && "is-part", isNew && "is-new"];
  const drawnAs = `${names.filter(Boolean).join(" ")} ${state} ${share}`;
  button.setAttribute("aria-pressed", look.dataset.pressed);
  button.setAttribute("aria-disabled", state === "waiting" || state === "undone"); // until the server has answered
  button.dataset.state = state === "undone" ? "waiting" : state;
  if (button.dataset.drawn === drawnAs) return;
  button.dataset.drawn = drawnAs;
  button.className = names.filter(Boolean).join(" ");
  button.replaceChildren(isPlain && share ? shareText(share) : look.content.cloneNode(true));
}

function shareText(share) {
  const text = document.createElement("span");
  text.className = "mark-share";
  text.ariaHidden = "true";
  text.textContent = `${share}%`;
  return text;
}

/** "Toe presses, Morning: not done, 60%, to do now". */
function label(button, row, column, state, { isNow, share }) {
  const { words, now } = document.getElementById(`mark-${state}`).dataset;
  const parts = [words, share && `${share}%`, isNow && now].filter(Boolean);
  button.setAttribute("aria-label", `${nameIn(row)}, ${column.textContent}: ${parts.join(", ")}`);
}

function nameIn(row) {
  return row.querySelector("[data-name]").textContent;
}

/** As the server would have made it: the form's own address of an undo, or the value of a mark. */
function tapUndoes(button, id, value) {
  if (id) button.setAttribute("formaction", `${button.form.getAttribute("action")}${id}/undo/`);
  else button.removeAttribute("formaction");
  button.name = id ? "" : "mark";
  button.value = id ? "" : value;
}

function drawExtras(row, extras, { words }, looks) {
  const count = extras?.count ?? 0;
  const place = row.querySelector(".extra") ?? (count && addExtras(row));
  if (place) place.hidden = !count; // it stays: the answer to its tap still needs its button
  if (!count) return;
  const button = place.querySelector("button");
  button.textContent = `+${count}`;
  button.setAttribute("aria-disabled", looks.waiting.has(extras.undo));
  button.setAttribute("aria-label", filled(words.extras, { name: nameIn(row), extras: count }));
  tapUndoes(button, extras.undo, "");
}

function addButton(cell, slot, exercise) {
  const button = document.getElementById("mark-button").content.cloneNode(true).firstElementChild;
  button.id = `mark-${slot}-${exercise}`;
  cell.replaceChildren(button);
  window.htmx?.process(cell);
  return button;
}

function addExtras(row) {
  const place = document.getElementById("mark-extra").content.cloneNode(true).firstElementChild;
  place.querySelector("button").id = `extra-${row.dataset.exercise}`;
  row.cells[0].append(place);
  window.htmx?.process(place);
  return place;
}

function clear(cell) {
  cell.replaceChildren(document.getElementById("mark-none").content.cloneNode(true));
}
