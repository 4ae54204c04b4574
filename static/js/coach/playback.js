/** A run being played: where its clock stands, where it is to wait, and the time of day of each of its seconds. */
import { longer, stepAt } from "./cue-sheet.js";
import { isoWithOffset } from "../lib/phone-time.js";

export class Playback {
  run;
  running = false; // whether it is to run: something else may have stopped the clock
  until; // second at which it waits for a tap, or the end
  #coach;
  #moment; // a second of the session and the time of day it was, while the clock has been running

  constructor(coach, run) {
    this.#coach = coach;
    this.run = run;
  }

  get sheet() {
    return this.run.sheet;
  }

  /** What the clock shows: less than `t` while there is time to get ready. */
  get clock() {
    return this.#coach.clock.now();
  }

  /** No further than where it is to wait, however late one looks. */
  get t() {
    return this.running ? Math.min(this.until, this.run.at(this.clock)) : this.run.from;
  }

  /** Place of the step under way. */
  get place() {
    return stepAt(this.sheet, this.t);
  }

  get isOver() {
    return this.t >= this.sheet.seconds;
  }

  /** On from second `from`, after up to `lead` seconds to get ready. Within a tap. */
  play(from, lead = 0) {
    this.run.goTo(from);
    this.until = this.run.waitAfter(from);
    this.#coach.play(this.sheet, { from, lead: this.run.leadAt(from, lead), until: this.until });
    this.running = true;
    this.#note();
  }

  /** To another second while it runs. Behind the place where it is to wait, another track begins. */
  jump(to) {
    this.run.goTo(to);
    const could = this.run.waitAfter(to) === this.until && this.#coach.seek(to);
    if (could) this.#note();
    else this.play(to);
  }

  /** The phase under way takes so many seconds more. */
  lengthen(seconds) {
    this.run.sheet = longer(this.sheet, this.t, seconds);
    this.play(this.t);
  }

  halt() {
    this.run.goTo(this.t);
    this.running = false;
    this.#coach.pause();
  }

  finish() {
    this.running = false;
    this.#coach.finish();
  }

  /** What ended since the last look (see Run); `tell` hears of it before the time of day is noted anew. */
  account(tell) {
    if (!this.running) return;
    tell(this.run.account(this.t));
    this.#note();
  }

  /** When the clock stood at t. It may have been stopped since, and nobody was told. */
  timeOf(t) {
    return isoWithOffset(new Date(this.#moment.wall + (t - this.#moment.t) * 1000));
  }

  #note() {
    this.#moment = { t: this.clock, wall: Date.now() };
  }
}
