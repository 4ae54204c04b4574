/**
 * One session of one day on this phone: the ids of the session and of its sets, and which sets were reported. The ids
 * are made once, so a reload, Back and a second tab send the same ids again.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";
import { uuid } from "../lib/uuid.js";

export class SessionStore {
  #key;
  #day;
  #last; // the state as this page knows it

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

  /** `reps`: the reported number; undefined when the set was ticked off by hand, which counts as all. */
  markReported(exercise, reps) {
    const id = this.idOf(exercise);
    this.#change({ sets: { ...this.#now().sets, [exercise]: { id, reported: true, reps } } });
  }

  repsOf(exercise) {
    return this.#now().sets[exercise]?.reps ?? Infinity;
  }

  /** Where a session that was left can continue; null when none is under way. */
  get place() {
    return this.#now().place ?? null;
  }

  leaveAt(place) {
    this.#change({ place });
  }

  /** The server does not count this set, because it was undone or stopped early: the next try is another set. */
  forget(exercise) {
    const { [exercise]: _, ...sets } = this.#now().sets;
    this.#change({ sets });
  }

  begin(startedAt) {
    if (!this.startedAt) this.#change({ startedAt });
  }

  moveStart(startedAt) {
    this.#change({ startedAt });
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

  /** Repeats the session, as another one. */
  restart() {
    this.#write(this.#fresh());
  }

  /** Reads the state each time, because another tab may have written it. A state of another day does not count. */
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

  /** A page of yesterday continues by itself and does not overwrite today's session of another tab. */
  #write(state) {
    this.#last = state;
    if (!(readLocal(this.#key)?.day > this.#day)) writeLocal(this.#key, state);
  }
}
