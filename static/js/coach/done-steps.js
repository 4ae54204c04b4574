/**
 * Which steps of a session count as done. Three sources say so: the server by the page's step list, this session by
 * what it reported, and this phone by a tap elsewhere that is not sent yet.
 */
import { today } from "../lib/days.js";

export class DoneSteps {
  #root;
  #pending = null; // ids that are still on this phone, or newer than the page; null until the outbox was read
  #ticked = []; // events of today's sets that were ticked elsewhere on this phone, and are not on the page yet
  #undone = new Set(); // ids of sets that this phone undid, whether the server knows or not
  #onRead;
  whenRead = new Promise((resolve) => (this.#onRead = resolve));

  constructor(root) {
    this.#root = root;
  }

  /** Takes the `detail` of `outbox:read`. */
  read({ entries, acknowledged }) {
    this.#pending = new Set([...entries.map(({ id }) => id), ...acknowledged.map(({ event }) => event.id)]);
    const known = [...entries.filter(({ state }) => state === "waiting"), ...acknowledged];
    for (const { event } of known) if (event.kind === "undo") this.#undone.add(event.target);
    for (const { event, state } of entries) if (state === "rejected") this.#undone.delete(event.target);
    const ticked = known.filter(({ day, event }) => day === today() && !this.#undone.has(event.id));
    this.#ticked = ticked.map(({ event }) => event);
    this.#onRead();
  }

  get isRead() {
    return this.#pending !== null;
  }

  isPending(id) {
    return this.#pending?.has(id) ?? false;
  }

  isUndone(id) {
    return this.#undone.has(id);
  }

  /** Whether the page lists the step as done on the sheet's day, by at least one set that was not undone since. */
  isOnPage({ day }, exercise) {
    const form = this.#root.querySelector(`#steps[data-day="${day}"] form[data-exercise="${exercise}"]`);
    return (form?.dataset.sets ?? "").split(" ").some((id) => id && !this.#undone.has(id));
  }

  /** Extra sets are never ticked elsewhere. */
  isTicked({ slot }, exercise) {
    return slot !== "extra" && this.#ticked.some((event) => event.exercise === exercise && event.slot === slot);
  }
}
