/** Calls `look` at the next frame, and by a timer at the next boundary, because a hidden page gets no frames. */
export class Ticker {
  #look;
  #request;
  #timer;

  constructor(look) {
    this.#look = look;
  }

  /** `seconds` to the boundary. Never at once: a hair before it, looks would follow each other without a pause. */
  next(seconds) {
    this.stop();
    this.#request = requestAnimationFrame(this.#look);
    this.#timer = setTimeout(this.#look, Math.max(1, seconds * 1000));
  }

  stop() {
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#timer);
  }
}
