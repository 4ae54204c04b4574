/**
 * The clock of a session with sound. All its cues are in one <audio>, whose `currentTime` is the time. It keeps running
 * while the screen is locked and the page is frozen. When a call stops the sound, the time stops with it. Whatever else
 * moves the track, only what was played of it counts (see Witness), and the track goes back to there.
 */
import { Witness } from "./witness.js";

const PATIENCE = 3000; // milliseconds after which a track that does not move counts as not playable, or as stopped
const ASTRAY = 0.25; // a track that is so many seconds off its clock is put back

export class AudioClock {
  runsDark = true;
  #audio = new Audio();
  #witness = new Witness();
  #origin = 0; // second of the session at which the track begins
  #end = 0; // second at which the track ends
  #tail = 0; // seconds of the track after the end of the session
  #playing = false;
  #watching; // the timer that looks whether the track moves
  #onStopped;
  #onNoSound;

  /** `onStopped`: something else stopped the track. `onNoSound`: this browser does not play it. */
  constructor({ onStopped, onNoSound }) {
    this.#onStopped = onStopped;
    this.#onNoSound = onNoSound;
    for (const name of ["pause", "emptied", "ended", "error"]) this.#audio.addEventListener(name, this.#onEnd);
    for (const name of ["seeking", "timeupdate"]) this.#audio.addEventListener(name, this.#putBack);
    this.#audio.addEventListener("play", this.#onPlay);
    this.#audio.addEventListener("ratechange", this.#onRate);
  }

  now() {
    const now = this.#origin + this.#witness.hear(this.#audio);
    return this.#isHeardOut(now) ? this.#end : now;
  }

  get running() {
    return !this.#audio.paused && !this.#audio.ended;
  }

  /** Seconds of the track, as the lock screen shows them: they begin at 0 after each pause. */
  get trackTime() {
    return this.#audio.currentTime;
  }

  /**
   * Plays at once, because phones let a page sound only within the tap. `until`: second of the session at which it
   * stops to wait. `wav` is the track, which ends `tail` seconds after the session.
   */
  play(sheet, { from, lead, until, wav, tail }) {
    this.#origin = from - lead;
    this.#tail = until === sheet.seconds ? tail : 0;
    this.#end = until + this.#tail;
    this.#playing = true;
    this.#witness.begin(0);
    this.#load(wav);
    const { src } = this.#audio;
    this.#audio.play().catch(() => this.#audio.src === src && this.#refuse());
    this.#watch(0);
  }

  pause() {
    this.#playing = false;
    this.#audio.pause();
  }

  seek(seconds) {
    if (seconds > this.#end) return false;
    this.#audio.currentTime = seconds - this.#origin;
    this.#witness.begin(seconds - this.#origin);
    return true;
  }

  /** Lets the last words be heard. A session that ends before them is silent at once. */
  finish() {
    this.#playing = false;
    if (this.#audio.paused || this.now() < this.#end - this.#tail) this.#load(null);
    else this.#audio.addEventListener("ended", () => this.#load(null), { once: true });
  }

  /** Frees the memory of the old track: it takes megabytes. */
  #load(blob) {
    URL.revokeObjectURL(this.#audio.src);
    if (blob) this.#audio.src = URL.createObjectURL(blob);
    else this.#audio.removeAttribute("src");
    if (!blob) this.#audio.load();
  }

  /** Some browsers report the end slightly early. A track that was moved to its end was not heard out. */
  #isHeardOut(now) {
    return this.#audio.ended && now > this.#end - ASTRAY;
  }

  /** Looks every few seconds whether the track moves: when a sound device goes, no event may say so. */
  #watch(seen) {
    clearTimeout(this.#watching);
    this.#watching = setTimeout(() => {
      const { currentTime, ended } = this.#audio;
      if (!this.#playing || ended) return;
      if (currentTime !== seen) this.#watch(currentTime);
      else if (seen) this.#stopped();
      else this.#refuse();
    }, PATIENCE);
  }

  #stopped() {
    if (!this.#playing) return;
    this.pause();
    this.#onStopped();
  }

  /** Browsers report the end of a track as a pause, too. A track with an error that never moved is refused instead. */
  #onEnd = () => {
    const { paused, ended, error } = this.#audio;
    const isBroken = error && this.now() > this.#origin;
    if ((paused || ended || isBroken) && !this.#isHeardOut(this.now())) this.#stopped();
  };

  /** Some phones play on by themselves when a call is over. The stage stands still, so the sound does too. */
  #onPlay = () => {
    if (!this.#playing) this.#audio.pause();
  };

  #onRate = () => {
    if (this.#audio.playbackRate !== 1) this.#audio.playbackRate = 1;
  };

  /** A track that is not where its clock is was moved from outside. The page's own jumps move both. */
  #putBack = () => {
    if (!this.running) return;
    const heard = this.#witness.hear(this.#audio);
    if (Math.abs(this.#audio.currentTime - heard) > ASTRAY) this.#audio.currentTime = heard;
  };

  #refuse = () => {
    if (!this.#playing) return;
    this.pause();
    this.#load(null);
    this.#onNoSound();
  };
}
