/**
 * A stopwatch in seconds of the session, on the page's monotonic clock. All clocks of a session have these members.
 * This one makes no sound and is used when no track keeps the time. Nobody can follow it while the screen is off, so it
 * must not run then: `runsDark`.
 */
export class Stopwatch {
  runsDark = false;
  trackTime = 0; // no track
  #seconds = 0;
  #since = null;

  now() {
    if (this.#since === null) return this.#seconds;
    return this.#seconds + (performance.now() - this.#since) / 1000;
  }

  get running() {
    return this.#since !== null;
  }

  /** Starts at second `from` of the session, after `lead` seconds to get ready. */
  play(_sheet, { from, lead }) {
    this.#seconds = from - lead;
    this.#since = performance.now();
  }

  pause() {
    this.#seconds = this.now();
    this.#since = null;
  }

  /** Returns whether it could. */
  seek(seconds) {
    this.#seconds = seconds;
    if (this.running) this.#since = performance.now();
    return true;
  }

  /** Other clocks let their last sound fade. */
  finish() {
    this.pause();
  }
}
