/**
 * What a session reports: each of its sets once, and the session itself with its start and end. It tells the page, by
 * events; the outbox there keeps each fact before it is sent.
 */
import { today } from "./days.js";
import { isSecond } from "./double-tap.js";
import { isoWithOffset, zone } from "./now.js";
import { effortsOf, remaining } from "./cue-sheet.js";
import { SessionStore } from "./session-store.js";

export class SessionReport {
  #root;
  #sheet;
  #day = today();
  #state;
  #unsent = null; // ids that are still on this phone, or that the page is too old to know of
  #ticked = []; // sets of this day ticked elsewhere on this phone, and not sent yet
  #undone = new Set(); // ids of sets taken back on this phone, whether the server knows or not

  constructor(root, sheet) {
    this.#root = root;
    this.#sheet = sheet;
    this.#state = new SessionStore(document.body.dataset.user, sheet);
    this.#listen("addEventListener");
  }

  close() {
    this.#listen("removeEventListener");
  }

  #listen(how) {
    this.#root[how]("submit", this.#onTickOff);
    this.#root[how]("htmx:afterSettle", this.#show);
    document.body[how]("outbox:read", this.#onRead);
  }

  get allDone() {
    return this.#sheet.steps.every(this.#isDone);
  }

  /** The steps not done; when all are, the whole session once more. */
  left() {
    this.#turnDay();
    const left = remaining(this.#sheet, this.#isDone);
    return left.steps.length ? left : this.#sheet;
  }

  /** When all was done, this is another session. */
  begin() {
    if (this.allDone) this.#state.restart();
    this.#state.begin(isoWithOffset(new Date()));
  }

  /** Where this session can go on, when it was left in the middle of a set; once more begins at its beginning. */
  get place() {
    return this.allDone ? null : this.#state.place;
  }

  /** Ticked off by hand: one that arrived and yet is not done was taken back, so this is another one. */
  tick(exercise) {
    this.#turnDay();
    const arrived = this.#state.isSent(exercise) && !this.#unsent?.has(this.#state.idOf(exercise));
    if (arrived) this.#state.forget(exercise);
    this.#tellTick(exercise);
  }

  /** Done without the timer; not once more when it was done with it before. It stays in its session after midnight. */
  byHand({ sheet }, place) {
    const { exercise } = sheet.steps[place];
    const isSent = this.#state.isSent(exercise);
    if (isSent && this.#state.repsOf(exercise) >= effortsOf(sheet, place).length) return;
    if (isSent) this.#state.forget(exercise); // stopped early: this is another one
    this.#tellTick(exercise);
  }

  /** A step of what is played ended at second t; one stopped early may be done again, and is another set then. */
  ended(play, place, t) {
    const { exercise } = play.sheet.steps[place];
    const reps = play.run.reps(place);
    if (this.#state.isSent(exercise) && reps > this.#state.repsOf(exercise)) this.#state.forget(exercise);
    if (reps) this.#tell(exercise, this.#timed(play, reps, t));
    if (reps && !this.#state.isFinished) this.#tellSession(play.timeOf(t), "open");
    this.save(play);
    return { exercise, share: reps / effortsOf(play.sheet, place).length };
  }

  /** Reps of a set under way: when nothing more is heard of it, they count once the day is over. */
  underWay(play) {
    const { exercise } = play.sheet.steps[play.place];
    const reps = play.run.reps(play.place);
    const event = this.#setOf(exercise, this.#timed(play, reps, play.t));
    if (reps && !this.#state.isSent(exercise)) this.#tellFact(event, "open");
    this.save(play);
  }

  #timed(play, reps, t) {
    return { source: "timed", reps, completed_at: play.timeOf(t) };
  }

  /** How long it took so far, and where to go on. */
  save({ run, t }) {
    this.#state.add(run.takeTrained());
    this.#state.leaveAt(run.placeAt(t));
  }

  finish(play, t) {
    this.#state.add(play.run.takeTrained());
    this.#state.leaveAt(null);
    if (!this.#state.isFinished) this.#tellSession(play.timeOf(t), "waiting");
    this.#state.finish();
    this.#show();
  }

  /** A set ticked off by hand goes the same way as a timed one: kept first, then sent. */
  #onTickOff = (event) => {
    const { exercise } = event.target.dataset;
    if (!exercise) return;
    event.preventDefault();
    if (!isSecond(event.target)) this.tick(exercise);
  };

  #isDone = (step) => this.#counts(step) || this.#state.isSent(step.exercise) || this.#isTicked(step.exercise);

  /** Whether the server's last word on this day is that it is done, and not all the sets that do it are taken back since. */
  #counts({ exercise }) {
    const form = this.#root.querySelector(`#steps[data-day="${this.#sheet.day}"] form[data-exercise="${exercise}"]`);
    return (form?.dataset.sets ?? "").split(" ").some((id) => id && !this.#undone.has(id));
  }

  #isTicked(exercise) {
    const { slot } = this.#sheet;
    return slot !== "extra" && this.#ticked.some((event) => event.exercise === exercise && event.slot === slot);
  }

  /** A page opened yesterday: its ids are used up. */
  #turnDay() {
    if (this.#day === today()) return;
    this.#day = today();
    this.#sheet = { ...this.#sheet, day: this.#day };
    this.#state = new SessionStore(document.body.dataset.user, this.#sheet);
  }

  #onRead = ({ detail: { entries, sent } }) => {
    const first = !this.#unsent;
    this.#unsent = new Set([...entries.map(({ id }) => id), ...sent.map(({ event }) => event.id)]);
    const waiting = entries.filter(({ state }) => state === "waiting");
    const known = [...waiting, ...sent];
    for (const { event } of known) if (event.kind === "undo") this.#undone.add(event.target);
    for (const { event, state } of entries) if (state === "refused") this.#undone.delete(event.target);
    const ticked = known.filter(({ day, event }) => day === today() && !this.#undone.has(event.id));
    this.#ticked = ticked.map(({ event }) => event);
    for (const step of this.#sheet.steps) this.#forgetUncounted(step, first);
    this.#show();
  };

  /** A set was taken back; or it had arrived before this page and yet is not done, so it was stopped early or taken back. */
  #forgetUncounted(step, first) {
    if (!this.#state.isSent(step.exercise)) return;
    const id = this.#state.idOf(step.exercise);
    const uncounted = first && !this.#unsent.has(id) && !this.#counts(step);
    if (uncounted || this.#undone.has(id)) this.#state.forget(step.exercise);
  }

  #tellTick(exercise) {
    this.#tell(exercise, { source: "ticked", completed_at: isoWithOffset(new Date()) });
  }

  #tell(exercise, fields) {
    if (this.#state.isSent(exercise)) return;
    const event = this.#setOf(exercise, fields);
    this.#state.markSent(exercise, fields.reps);
    if (!this.#isTaken(event)) this.#tellFact(event, "waiting");
  }

  #setOf(exercise, fields) {
    const { session } = this.#state;
    const { slot } = this.#sheet;
    return { kind: "set", id: this.#state.idOf(exercise), exercise, slot, session, timezone: zone(), ...fields };
  }

  /** By its step of the page; there may be none, for the plan has changed, or htmx does not know it yet, or not at all. */
  #isTaken(event) {
    const form = this.#root.querySelector(`form[data-exercise="${event.exercise}"][data-slot="${event.slot}"]`);
    const detail = { event, taken: false };
    form?.dispatchEvent(new CustomEvent("set:done", { detail }));
    return detail.taken;
  }

  /** Written down from the first set on, so that a tab that is closed has told of its session all the same. */
  #tellSession(finishedAt, state) {
    const { session, startedAt } = this.#state;
    if (!this.#sheet.steps.some(({ exercise }) => this.#state.isSent(exercise))) return;
    const times = { started_at: startedAt, finished_at: finishedAt };
    const event = { kind: "session", id: session, slot: this.#sheet.slot, timezone: zone(), ...times };
    this.#tellFact(event, state);
  }

  #tellFact(event, state) {
    document.dispatchEvent(new CustomEvent("fact", { detail: { event, state } }));
  }

  /** In words of the page: how long it took, whether anything was done, whether it was left in the middle. */
  #show = () => {
    const seconds = Math.round(this.#state.seconds);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    for (const element of this.#root.querySelectorAll("[data-time]")) if (seconds) element.textContent = text;
    const some = this.#sheet.steps.some(this.#isDone);
    const all = this.allDone;
    const last = this.#sheet.steps.at(-1);
    const lying = Boolean(last) && this.#state.isSent(last.exercise); // the page shows it where that one is done lying
    const holds = { some, none: !some, all, lying, open: !all, left: Boolean(this.place), beginning: !this.place };
    for (const words of this.#root.querySelectorAll("[data-when]")) words.hidden = !holds[words.dataset.when];
  };
}
