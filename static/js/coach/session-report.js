/**
 * Reports what was done in a session: each of its sets once, and the session itself with its start and end. Each report
 * is an event of the page; the outbox there stores the fact before it sends it.
 */
import { today } from "../lib/days.js";
import { isSecondTap } from "../lib/double-tap.js";
import { isoWithOffset, zone } from "../lib/phone-time.js";
import { withTimeout } from "../lib/with-timeout.js";
import { effortsOf, remaining, stepAt } from "./cue-sheet.js";
import { DoneSteps } from "./done-steps.js";
import { Run } from "./run.js";
import { showProgress } from "./screens.js";
import { SessionStore } from "./session-store.js";

export class SessionReport {
  #root;
  #sheet;
  #day = today();
  #store;
  #done;
  #isBegun = false; // here, on this day
  #endedOn = ""; // the exercise in which the session ended, or was stopped

  /** `onRead` is called once, when it is known what else this phone has done. */
  constructor(root, sheet, onRead) {
    this.#root = root;
    this.#sheet = { ...sheet, day: sheet.day ?? this.#day }; // the trial has no day: a first page cannot know the phone's
    this.#store = new SessionStore(document.body.dataset.user, this.#sheet);
    this.#done = new DoneSteps(root);
    this.#done.whenRead.then(onRead);
    this.#listen("addEventListener");
  }

  close() {
    this.#listen("removeEventListener");
  }

  #listen(how) {
    this.#root[how]("submit", this.#onTickOff);
    this.#root[how]("htmx:afterSettle", this.#show);
    document.body[how]("outbox:read", this.#onRead);
    document.body[how]("htmx:configRequest", this.#onRefresh);
  }

  get allDone() {
    return this.#sheet.steps.every(this.#isDone);
  }

  /**
   * A run of the steps that are not done; of all steps when all are. It continues a session that was left in the middle
   * of a set. A repeated session starts at its beginning.
   */
  runOfLeft() {
    this.#checkDay();
    const left = remaining(this.#sheet, this.#isDone);
    const run = new Run(left.steps.length ? left : this.#sheet);
    if (this.#place) run.resume(this.#place);
    return run;
  }

  /** When everything was done before, this begins another session. */
  begin() {
    if (this.allDone) this.#store.restart();
    this.#store.begin(isoWithOffset(new Date()));
    this.#isBegun = true;
  }

  get #place() {
    return this.allDone ? null : this.#store.place;
  }

  /** A set ticked off by hand. One that arrived and yet is not done was undone, so this is another set. */
  tick(exercise) {
    this.#checkDay();
    const arrived = this.#store.isReported(exercise) && !this.#done.isPending(this.#store.idOf(exercise));
    if (arrived) this.#store.forget(exercise);
    this.#reportTick(exercise);
  }

  /** A set done without the timer, unless the timer counted all its reps. It stays in its session after midnight. */
  byHand({ sheet }, place) {
    const { exercise } = sheet.steps[place];
    const isReported = this.#store.isReported(exercise);
    if (isReported && this.#store.repsOf(exercise) >= effortsOf(sheet, place).length) return;
    if (isReported) this.#store.forget(exercise); // it was stopped early, so this is another set
    this.#reportTick(exercise);
  }

  /**
   * A step ended at second t; returns its exercise and the share of it that was done. When a set that was stopped early
   * is done again with more reps, it is another set.
   */
  ended(playback, place, t) {
    const { exercise } = playback.sheet.steps[place];
    const reps = playback.run.reps(place);
    if (this.#store.isReported(exercise) && reps > this.#store.repsOf(exercise)) this.#store.forget(exercise);
    if (reps) this.#report(exercise, this.#timed(playback, reps, t));
    this.save(playback);
    if (reps && !this.#store.isFinished) this.#reportSession(playback.timeOf(t), "open");
    return [exercise, reps / effortsOf(playback.sheet, place).length];
  }

  /** Reps of the set under way. They count after the end of the day if nothing more is reported. */
  underWay(playback) {
    const { exercise } = playback.sheet.steps[playback.place];
    const reps = playback.run.reps(playback.place);
    const event = this.#setOf(exercise, this.#timed(playback, reps, playback.t));
    if (reps && !this.#store.isReported(exercise)) this.#dispatchFact(event, "open");
    this.save(playback);
  }

  #timed(playback, reps, t) {
    return { source: "timed", reps, completed_at: playback.timeOf(t) };
  }

  /** Stores the seconds trained so far, and where to continue. */
  save(playback) {
    this.#saveTimes(playback);
    this.#store.leaveAt(playback.run.placeAt(playback.t));
  }

  /** When the phone's clock was set, the session began as long ago as before. */
  #saveTimes(playback) {
    this.#store.add(playback.run.takeTrained());
    const shift = playback.takeClockShift();
    if (shift) this.#store.moveStart(isoWithOffset(new Date(Date.parse(this.#store.startedAt) + shift)));
  }

  finish(playback, t) {
    this.#endedOn = playback.sheet.steps[stepAt(playback.sheet, t)].exercise;
    this.#saveTimes(playback);
    this.#store.leaveAt(null);
    if (!this.#store.isFinished) this.#reportSession(playback.timeOf(t), "waiting");
    this.#store.finish();
    this.#show();
  }

  /** A set ticked off by hand goes the same way as a timed one: stored first, sent then. */
  #onTickOff = (event) => {
    const { exercise } = event.target.dataset;
    if (!exercise) return;
    event.preventDefault();
    if (isSecondTap(event.target)) return;
    if (this.#done.isRead) this.tick(exercise);
    else this.#tickOnceRead(exercise);
  };

  /** A step may still be offered that is done on this phone. A store that never answers holds up no tap. */
  async #tickOnceRead(exercise) {
    await withTimeout(this.#done.whenRead).catch(() => {});
    if (!this.#done.isTicked(this.#sheet, exercise)) this.tick(exercise);
  }

  #isDone = ({ exercise }) =>
    this.#done.isOnPage(this.#sheet, exercise) ||
    this.#store.isReported(exercise) ||
    this.#done.isTicked(this.#sheet, exercise);

  /** On a page opened yesterday, the ids of its session are used up. */
  #checkDay() {
    if (this.#day === today()) return;
    this.#day = today();
    this.#isBegun = false;
    this.#sheet = { ...this.#sheet, day: this.#day };
    this.#store = new SessionStore(document.body.dataset.user, this.#sheet);
  }

  /** The page fetches itself again: after midnight too, it is about the session that was begun here. */
  #onRefresh = ({ detail }) => {
    if (this.#isBegun && detail.elt.matches("[data-refresh]")) detail.parameters.session = this.#store.session;
  };

  #onRead = ({ detail }) => {
    const isFirst = !this.#done.isRead;
    this.#done.read(detail);
    for (const { exercise } of this.#sheet.steps) this.#forgetUncounted(exercise, isFirst);
    this.#show();
  };

  /** A set that was undone; or one that arrived before this page was made and yet is not done on it. */
  #forgetUncounted(exercise, isFirst) {
    if (!this.#store.isReported(exercise)) return;
    const id = this.#store.idOf(exercise);
    const isUncounted = isFirst && !this.#done.isPending(id) && !this.#done.isOnPage(this.#sheet, exercise);
    if (isUncounted || this.#done.isUndone(id)) this.#store.forget(exercise);
  }

  #reportTick(exercise) {
    this.#report(exercise, { source: "ticked", completed_at: isoWithOffset(new Date()) });
  }

  #report(exercise, fields) {
    if (this.#store.isReported(exercise)) return;
    const event = this.#setOf(exercise, fields);
    this.#store.markReported(exercise, fields.reps);
    if (!this.#isAccepted(event)) this.#dispatchFact(event, "waiting");
  }

  #setOf(exercise, fields) {
    const { session } = this.#store;
    const { slot } = this.#sheet;
    return { kind: "set", id: this.#store.idOf(exercise), exercise, slot, session, timezone: zone(), ...fields };
  }

  /** Whether the page's step sends it by htmx. There may be no such step after a change of the plan, or no htmx yet. */
  #isAccepted(event) {
    const form = this.#root.querySelector(`form[data-exercise="${event.exercise}"][data-slot="${event.slot}"]`);
    const detail = { event, accepted: false };
    form?.dispatchEvent(new CustomEvent("set:done", { detail }));
    return detail.accepted;
  }

  /** Reported from the first set on, so that closing the tab does not lose the session. */
  #reportSession(finishedAt, state) {
    const { session, startedAt } = this.#store;
    if (!this.#sheet.steps.some(({ exercise }) => this.#store.isReported(exercise))) return;
    const times = { started_at: startedAt, finished_at: finishedAt };
    const event = { kind: "session", id: session, slot: this.#sheet.slot, timezone: zone(), ...times };
    this.#dispatchFact(event, state);
  }

  #dispatchFact(event, state) {
    document.dispatchEvent(new CustomEvent("fact", { detail: { event, state } }));
  }

  #show = () => {
    const { steps } = this.#sheet;
    const done = steps.filter(this.#isDone).length;
    const seconds = Math.round(this.#store.seconds);
    const endedOn = this.#endedOn;
    showProgress(this.#root, { seconds, done, steps: steps.length, isStarted: Boolean(this.#place), endedOn });
  };
}
