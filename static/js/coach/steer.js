/** Milliseconds that nobody sees. The clock of the sound runs a little faster or slower than that of the page. */
const UNSEEN = 100;

/** Animations that the browser runs by itself. A script corrects them only when they are off. */
export class Steered {
  #find;
  #animations = [];
  #rate = null; // the rate at which they run; null while unknown

  /** `find` returns the animations. It is called again after `forget`. */
  constructor(find) {
    this.#find = find;
  }

  /** Call it when there are other animations, or when something else changed these. */
  forget() {
    this.#animations = [];
  }

  /**
   * Lets them run from `time` (milliseconds of each animation) at `rate`; at rate 0 they stand still. Finding the
   * animations, or reading more of one than its time, makes the browser lay out the page. So they are found only once,
   * until one has ended.
   */
  to(time, rate) {
    if (!this.#animations.length || this.#animations.some(({ currentTime }) => currentTime === null)) {
      this.#animations = this.#find();
      this.#rate = null;
    }
    const isOff = ({ currentTime }) => Math.abs(currentTime - time) >= UNSEEN;
    if (rate === this.#rate && !this.#animations.some(isOff)) return;
    for (const animation of this.#animations) {
      if (isOff(animation)) animation.currentTime = time;
      if (rate) animation.playbackRate = rate;
      if (rate && !this.#rate) animation.play();
      if (!rate) animation.pause();
    }
    this.#rate = rate;
  }
}
