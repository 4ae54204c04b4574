/** Milliseconds that nobody sees. A clock of sound runs a little faster or slower than the browser's. */
const UNSEEN = 100;

/** Animations that the browser runs without this page's scripts, put right only where they are off. */
export class Steered {
  #find;
  #animations = [];
  #rate = null; // at which they run; null while unknown

  /** `find` returns the animations. */
  constructor(find) {
    this.#find = find;
  }

  /** Others are to be steered now, or they were changed. */
  forget() {
    this.#animations = [];
  }

  /**
   * Lets them run from `time`, in milliseconds of each, at `rate`; at 0 they stand still. To ask an animation for more
   * than its time, or a page for its animations, lays the page out: once is enough, unless they have ended since.
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
