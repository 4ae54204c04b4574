/** Plays a run: where its clock stands, where it waits, and the time of day of each of its seconds. */
import { isoWithOffset } from "../lib/phone-time.js";
import { fitsTrack } from "./audio-track.js";
import { againFrom, endOf, longer, previousFrom, stepAt } from "./cue-sheet.js";

const LONGER = 10; // seconds that one tap adds to a rest
const LONGEST_STUTTER = 60_000; // milliseconds that a clock may lag without the time of day having been set

const nameOf = ({ exercise }) => exercise;

export class Playback {
  run;
  running = false; // whether it should run; something else may have stopped the clock
  until; // second at which it waits for a tap, or the end
  #coach;
  #clockShift = 0;
  #moment; // {t, wall, page}: a second of the session, with the time of day and the page's clock at it

  constructor(coach, run) {
    this.#coach = coach;
    this.run = run;
  }

  get sheet() {
    return this.run.sheet;
  }

  /** The second on the clock: less than `t` during the time to get ready. */
  get clock() {
    return this.#coach.clock.now();
  }

  /** Whether the user is getting ready for the rest of a phase. */
  get isLead() {
    return this.clock < this.run.from;
  }

  /** Never later than the place where it waits, however late the look. */
  get t() {
    return this.running ? Math.min(this.until, this.run.at(this.clock)) : this.run.from;
  }

  /** Index of the step under way. */
  get place() {
    return stepAt(this.sheet, this.t);
  }

  /** Index of the step before this one; in the first step, its own index. */
  get placeBefore() {
    return stepAt(this.sheet, previousFrom(this.sheet, this.t));
  }

  get isOver() {
    return this.t >= this.sheet.seconds;
  }

  /** Seconds to the end of the phase at an index. Index -1: seconds to the end of the time to get ready. */
  secondsLeft(index) {
    return (index < 0 ? this.run.from : endOf(this.sheet.phases[index])) - this.clock;
  }

  /** Plays from second `from`, after up to `lead` seconds to get ready. Call it within a tap. */
  play(from, lead = 0) {
    this.run.goTo(from);
    this.until = this.run.waitAfter(from);
    this.#coach.play(this.sheet, { from, lead: this.run.leadAt(from, lead), until: this.until });
    this.running = true;
    this.#note();
  }

  /**
   * Turns to `run`, after up to `lead` seconds if it runs. Returns whether it did: `run` has other steps, and nothing of
   * the first step counts yet.
   */
  turnTo(run, lead) {
    const isSame = String(run.sheet.steps.map(nameOf)) === String(this.sheet.steps.map(nameOf));
    if (isSame || this.run.isCounted || this.place > 0) return false;
    this.run = run;
    this.#coach.finish(); // the track is of the other steps
    if (this.running) this.play(run.from, lead);
    return true;
  }

  /**
   * Goes to another second while it runs. Another step needs a new track, because this one says
   * there that a set is done. So does a second beyond the place where it waits.
   */
  jump(to) {
    const isSameStep = stepAt(this.sheet, to) === this.place;
    this.run.goTo(to);
    const could = isSameStep && this.run.waitAfter(to) === this.until && this.#coach.seek(to);
    if (could) this.#note();
    else this.play(to);
  }

  /** Whether the track has room for a longer phase. */
  get canLengthen() {
    return fitsTrack(this.sheet.seconds + LONGER);
  }

  /** Makes the phase under way longer. */
  lengthen() {
    if (!this.canLengthen) return;
    this.run.sheet = longer(this.sheet, this.t, LONGER);
    this.play(this.t);
  }

  /** The step at `place` is done once more when the session continues. */
  again(place) {
    this.run.forget(place);
    this.run.goTo(againFrom(this.sheet, place));
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

  /**
   * Passes on what ended since the last look (see Run). `tell` is called before the time of day is noted again. A clock
   * that has stopped since does not tell the time of day.
   */
  account(tell) {
    if (!this.running) return;
    const isTelling = this.#coach.clock.running;
    if (isTelling) this.#noteClockShift();
    tell(this.run.account(this.t));
    if (isTelling) this.#note();
  }

  /** Milliseconds by which the time of day was set while the clock ran, since the last call. */
  takeClockShift() {
    const shift = this.#clockShift;
    this.#clockShift = 0;
    return shift;
  }

  /**
   * The track stands still in a call, and the page's clock while a phone sleeps. Only a time of day that agrees with
   * neither was set.
   */
  #noteClockShift() {
    const { t, wall, page } = this.#moment;
    const passed = Date.now() - wall;
    const shifts = [(this.clock - t) * 1000, performance.now() - page].map((milliseconds) => passed - milliseconds);
    const shift = shifts.reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least));
    if (Math.abs(shift) < LONGEST_STUTTER) return;
    this.#moment.wall += shift;
    this.#clockShift += shift;
  }

  /** The time of day at which the clock stood at t, also when the clock was stopped since without a report. */
  timeOf(t) {
    return isoWithOffset(new Date(this.#moment.wall + (t - this.#moment.t) * 1000));
  }

  #note() {
    this.#moment = { t: this.clock, wall: Date.now(), page: performance.now() };
  }
}
