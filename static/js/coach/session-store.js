/**
 * One session of one day on this phone: the ids of the session and of its sets, made once, so that a reload, Back
 * and a second tab send the same ids again; and which sets were sent off.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";
import { uuid } from "../lib/uuid.js";

export class SessionStore {
  #key;
  #day;
  #last; // as this page knows it

  constructor(user, { day, slot, exercise }) {
    this.#key = `session:${user}:${slot}:${exercise ?? ""}`;
    this.#day = day;
    this.#last = this.#fresh();
  }

  get session() {
    return this.#now().session;
  }

  get startedAt() {
    return this.#now().startedAt;
  }

  /** Seconds trained so far. */
  get seconds() {
    return this.#now().seconds;
  }

  idOf(exercise) {
    const { sets } = this.#now();
    if (!sets[exercise]) this.#change({ sets: { ...sets, [exercise]: { id: uuid(), reported: false } } });
    return this.#now().sets[exercise].id;
  }

  isReported(exercise) {
    return this.#now().sets[exercise]?.reported ?? false;
  }

  /** `reps`: as many as were sent, all when it was ticked off by hand. */
  markReported(exercise, reps) {
    const id = this.idOf(exercise);
    this.#change({ sets: { ...this.#now().sets, [exercise]: { id, reported: true, reps } } });
  }

  repsOf(exercise) {
    return this.#now().sets[exercise]?.reps ?? Infinity;
  }

  /** Where a session that was left can go on; null when nothing is under way. */
  get place() {
    return this.#now().place ?? null;
  }

  leaveAt(place) {
    this.#change({ place });
  }

  /** The server does not count this set (taken back, or stopped early): the next try is another one. */
  forget(exercise) {
    const { [exercise]: _, ...sets } = this.#now().sets;
    this.#change({ sets });
  }

  begin(startedAt) {
    if (!this.startedAt) this.#change({ startedAt });
  }

  get isFinished() {
    return this.#now().finished;
  }

  finish() {
    this.#change({ finished: true });
  }

  add(seconds) {
    this.#change({ seconds: this.seconds + seconds });
  }

  /** The same session once more, as another one. */
  restart() {
    this.#write(this.#fresh());
  }

  /** Read anew each time: another tab may have written. What is of another day counts no more, or not yet. */
  #now() {
    const state = readLocal(this.#key);
    if (state?.day === this.#day) this.#last = state;
    return this.#last;
  }

  #fresh() {
    return { day: this.#day, session: uuid(), startedAt: null, finished: false, seconds: 0, sets: {} };
  }

  #change(values) {
    this.#write({ ...this.#now(), ...values });
  }

  /** A page of yesterday goes on by itself: today's session, in another tab, is not its to overwrite. */
  #write(state) {
    this.#last = state;
    if (!(readLocal(this.#key)?.day > this.#day)) writeLocal(this.#key, state);
  }
}
