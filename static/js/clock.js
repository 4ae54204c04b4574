/** A stopwatch in seconds on the page's monotonic clock. What plays a sitting needs no more than this. */
export class Clock {
  #seconds = 0;
  #since = null;

  /** Seconds played so far. */
  now() {
    if (this.#since === null) return this.#seconds;
    return this.#seconds + (performance.now() - this.#since) / 1000;
  }

  get running() {
    return this.#since !== null;
  }

  play() {
    this.#since ??= performance.now();
  }

  pause() {
    this.#seconds = this.now();
    this.#since = null;
  }

  seek(seconds) {
    this.#seconds = seconds;
    if (this.running) this.#since = performance.now();
  }
}
