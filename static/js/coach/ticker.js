const ROUNDING = 0.01; // milliseconds that a sum of seconds may be off
const SHORTEST = 10; // milliseconds; a clock that stands still just before a second must not keep the page busy

/** Calls `look` when something changes next. By a timer: a hidden page gets no frames, and each frame is work. */
export class Ticker {
  #look;
  #timer;

  constructor(look) {
    this.#look = look;
  }

  /** `left`: seconds on the count, which changes at each whole one. `other`: seconds to the next other change. */
  next(left, other) {
    this.stop();
    const seconds = left > 0 ? Math.min(left - Math.ceil(left) + 1, other) : 0;
    this.#timer = setTimeout(this.#look, Math.max(SHORTEST, Math.ceil(seconds * 1000 - ROUNDING)));
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
