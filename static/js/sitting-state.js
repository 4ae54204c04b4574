/**
 * One sitting of one day on this phone: the ids of the session and of its sets, made once, so that a reload, Back
 * and a second tab send the same ids again; and which sets were sent off.
 */
import { keep, kept } from "./kept.js";
import { uuid } from "./uuid.js";

export class SittingState {
  #key;
  #day;

  constructor(user, { day, slot, exercise }) {
    this.#key = `sitting:${user}:${slot}:${exercise ?? ""}`;
    this.#day = day;
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
    if (!sets[exercise]) this.#change({ sets: { ...sets, [exercise]: { id: uuid(), sent: false } } });
    return this.#now().sets[exercise].id;
  }

  isSent(exercise) {
    return this.#now().sets[exercise]?.sent ?? false;
  }

  markSent(exercise) {
    const id = this.idOf(exercise);
    this.#change({ sets: { ...this.#now().sets, [exercise]: { id, sent: true } } });
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

  /** The same sitting once more, as another one. */
  restart() {
    keep(this.#key, this.#fresh());
  }

  /** Read anew each time: another tab may have written. What is of another day counts no more. */
  #now() {
    const state = kept(this.#key);
    if (state?.day === this.#day) return state;
    this.restart();
    return kept(this.#key);
  }

  #fresh() {
    return { day: this.#day, session: uuid(), startedAt: null, finished: false, seconds: 0, sets: {} };
  }

  #change(values) {
    keep(this.#key, { ...this.#now(), ...values });
  }
}
