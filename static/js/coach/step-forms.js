/**
 * Paints facts that are on this phone over the steps of a session: done, waiting, undone. On a page of yesterday every
 * step is to do.
 */
import { dayShown } from "../lib/days.js";
import { undosOf } from "../lib/undone-sets.js";

const painted = new Map(); // form -> the id of the waiting entry that it shows, or an empty text

/** A waiting entry that is gone has arrived: its paint stays until the server's own step comes. */
document.body.addEventListener("outbox:read", ({ detail: { entries, acknowledged } }) => {
  const ids = new Set(entries.map(({ id }) => id));
  for (const [form, waiting] of painted) {
    if (waiting && !ids.has(waiting) && form.isConnected && !isOver(form)) continue;
    paintStep(form, "");
    painted.delete(form);
  }
  const undone = undosOf([...acknowledged, ...entries]);
  const facts = [...acknowledged.map((entry) => ({ ...entry, state: "acknowledged" })), ...entries];
  for (const form of document.querySelectorAll("form[data-sets]")) paintUndone(form, undone);
  for (const { event, day, state } of facts) {
    if (undone.has(event.id) || event.kind !== "set" || day !== dayShown()) continue;
    for (const form of formsOf(event)) paintStep(form, state, state === "rejected" ? "" : event.id);
  }
});

function formsOf({ slot, exercise }) {
  return document.querySelectorAll(`form[data-exercise="${exercise}"][data-slot="${slot}"]`);
}

/** Any of its sets makes a step done. It is to do when all of them are undone. */
function paintUndone(form, undone) {
  const ids = form.dataset.sets.split(" ");
  if (isOver(form) || ids.every((id) => undone.has(id))) paintStep(form, "todo", undone.get(ids[0]));
}

/** Without a `state`, as the server sent it. A done step has no button. */
function paintStep(form, state, waiting = "") {
  if (state) painted.set(form, waiting);
  const shown = state || ("sets" in form.dataset ? "acknowledged" : "todo");
  form.querySelector("button").toggleAttribute("hidden", shown !== "todo");
  form.querySelector("[data-note=waiting]").toggleAttribute("hidden", shown !== "waiting");
  form.querySelector("[data-note=acknowledged]").toggleAttribute("hidden", shown !== "acknowledged");
}

/** page/midnight.js marks a board of another day. */
function isOver(form) {
  return Boolean(form.closest(".is-over"));
}
