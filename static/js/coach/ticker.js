/** Calls again with the next frame; and at the next boundary by a timer, because a hidden page gets no frames. */
export class Ticker {
  #look;
  #request;
  #timer;

  constructor(look) {
    this.#look = look;
  }

  /** `seconds` to the boundary. */
  next(seconds) {
    this.stop();
    this.#request = requestAnimationFrame(this.#look);
    this.#timer = setTimeout(this.#look, Math.max(0, seconds) * 1000);
  }

  stop() {
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#timer);
  }
}
