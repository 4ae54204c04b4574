/**
 * Today knows its day: after each tap, answer, new day or message of another tab it draws the board again, with or without
 * a network. The server's own page wins at the next load.
 */
import { filled } from "../lib/filled.js";
import { zone } from "../lib/phone-time.js";
import { uuid } from "../lib/uuid.js";
import { recordFacts } from "../outbox/facts.js";
import { showToast, UNDONE } from "../page/toasts.js";
import { countDue } from "./badge.js";
import { drawBoard } from "./draw-board.js";
import { drawMarks } from "./draw-marks.js";
import { carriedBy, dayToDraw, keepSetsOfMark, pageRefreshed, tappedHere } from "./today-page.js";

let lastRead = []; // entries of the outbox, as it was read last
let undone = null; // the last undo of this page: {target, mark}

document.body.addEventListener("outbox:read", ({ detail }) => {
  lastRead = detail.entries;
  draw();
});

function draw() {
  const drawn = dayToDraw(lastRead);
  if (!drawn) return;
  const focused = document.activeElement;
  drawMarks(drawn, lastRead);
  drawBoard(drawn);
  countDue();
  sayWhatIsLeft(drawn);
  if (drawn.root.contains(focused) && focused.checkVisibility?.() === false) focusNext(drawn.root);
}

/** Two devices may tick one mark. It stays done when one of the sets is undone, and only words can say why. */
function sayWhatIsLeft({ sets, words }) {
  if (!undone || sets.some(({ id }) => id === undone.target)) return;
  if (!sets.some(({ slot, exercise }) => undone.mark === `mark-${slot}-${exercise}`)) return;
  showToast(words.left);
  undone = null;
}

/** The button that had the focus is gone, as that of a rest day. */
function focusNext(root) {
  const title = root.querySelector("#next-title");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/**
 * The answer to an undo knows more of its mark than this phone. Drawn at once, by what was read last: until the outbox is
 * read again, an answer would show without what was done since.
 */
document.body.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.matches("[data-sets-of-mark]")) keepSetsOfMark(target);
  draw();
  if (target.matches("[data-carried]")) pageRefreshed();
  if (target.matches("[data-carried], [data-sets-of-mark]")) undone = null; // the server has told all that is left
});

/** A tap that was stored. An undo cannot be undone. */
document.addEventListener("mark:tapped", ({ target: mark, detail: event }) => {
  tappedHere(event.id);
  const root = mark.closest("[data-carried]");
  if (!root) return;
  const name = mark.closest("tr").querySelector("[data-name]").textContent;
  const session = root.querySelector(`th[data-slot="${event.slot}"]`)?.textContent;
  const undo = () => {
    undone = { target: event.id, mark: mark.id };
    recordFacts([{ kind: "undo", id: uuid(), timezone: zone(), target: event.id }], { name });
    document.getElementById(mark.id)?.focus(); // the button of the toast goes with it
    showToast(UNDONE);
  };
  undone = event.kind === "undo" ? { target: event.target, mark: mark.id } : null;
  if (undone) showToast(UNDONE);
  else showToast(filled(carriedBy(root).words.ticked, { name, session }), undo);
});
