/** A session under way: what is left of the sheet, and how much of it is counted. */
import { effortsEnded, effortsOf, endOf, phaseAt, skipFrom, stepAt, stepsEnded } from "./cue-sheet.js";

export class Run {
  sheet;
  from = 0; // second at which the clock starts after the time to get ready
  isCounted = false; // whether an effort ended in it
  #trained = 0; // seconds not yet reported
  #accounted = 0; // second up to which efforts and steps are counted
  #efforts = new Set(); // indexes of the efforts that ran to their end

  constructor(sheet) {
    this.sheet = sheet;
  }

  /** Second of the session when its clock shows `now`: the time to get ready does not count. */
  at(now) {
    return Math.max(this.from, now);
  }

  /** Continues at another second; everything in between does not count as done. */
  goTo(t) {
    this.from = this.#accounted = t;
  }

  /** The step will be done once more. */
  forget(place) {
    for (const effort of effortsOf(this.sheet, place)) this.#efforts.delete(effort);
  }

  /** Everything that ended up to t since the last look: {steps: their indexes in order, efforts: how many}. */
  account(t) {
    const from = this.#accounted;
    const efforts = effortsEnded(this.sheet, from, t);
    for (const effort of efforts) this.#efforts.add(effort);
    if (efforts.length) this.isCounted = true;
    this.#trained += Math.max(0, Math.min(t, this.sheet.seconds) - from);
    this.#accounted = Math.max(from, t);
    return { steps: stepsEnded(this.sheet, from, t), efforts: efforts.length };
  }

  /** Seconds that ran since the last call. */
  takeTrained() {
    const seconds = this.#trained;
    this.#trained = 0;
    return seconds;
  }

  /** The step's finished reps. */
  reps(place) {
    return effortsOf(this.sheet, place).filter((effort) => this.#efforts.has(effort)).length;
  }

  /** The place to store, so that another page can continue here. */
  placeAt(t) {
    const place = stepAt(this.sheet, t);
    const done = effortsOf(this.sheet, place).map((effort) => this.#efforts.has(effort));
    return { exercise: this.sheet.steps[place].exercise, done };
  }

  /** Continues after the last rep of an earlier page, in the first step; not when its dose has changed since. */
  resume({ exercise, done }) {
    const [step] = this.sheet.steps;
    const efforts = effortsOf(this.sheet, 0);
    if (step.exercise !== exercise || efforts.length !== done.length || !done.includes(true)) return;
    efforts.forEach((effort, i) => done[i] && this.#efforts.add(effort));
    this.goTo(skipFrom(this.sheet, this.sheet.phases[efforts[done.lastIndexOf(true)]].at));
  }

  /** Second at which the clock waits for a tap: the end of the next change of position that waits, or the end. */
  waitAfter(t) {
    const waiting = this.sheet.phases.find((phase) => phase.waits && endOf(phase) > t);
    return waiting ? endOf(waiting) : this.sheet.seconds;
  }

  /** Seconds to get ready before t: 0 where the sheet itself leads in. */
  leadAt(t, seconds) {
    const { kind, at } = this.sheet.phases[phaseAt(this.sheet, t)];
    return at === t && (kind === "ready" || kind === "move") ? 0 : seconds;
  }
}
