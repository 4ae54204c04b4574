/**
 * A stopwatch in seconds of the session, on the page's monotonic clock. Clocks of a session have its members; this one
 * makes no sound and stands in where there is no track to keep the time. While the screen is off nobody is told what
 * to do, so it must not run on then: `runsDark`.
 */
export class Stopwatch {
  runsDark = false;
  #seconds = 0;
  #since = null;

  now() {
    if (this.#since === null) return this.#seconds;
    return this.#seconds + (performance.now() - this.#since) / 1000;
  }

  get running() {
    return this.#since !== null;
  }

  /** From second `from` of the session, after `lead` seconds to get ready. */
  play(_sheet, { from, lead }) {
    this.#seconds = from - lead;
    this.#since = performance.now();
  }

  pause() {
    this.#seconds = this.now();
    this.#since = null;
  }

  /** Whether it could. */
  seek(seconds) {
    this.#seconds = seconds;
    if (this.running) this.#since = performance.now();
    return true;
  }

  /** The last sound may fade. */
  finish() {
    this.pause();
  }
}
