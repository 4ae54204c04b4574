/**
 * The clock of a session that is heard: all its cues in one <audio>, whose `currentTime` is the time. It goes on while
 * the screen is locked and the page frozen, and when a call stops the sound, the time stands still with it.
 */
import { cuesBetween } from "./sound-schedule.js";
import { rateFor, render, wav } from "./audio-track.js";

const TAIL = 1.5; // seconds for the last sound
const PATIENCE = 3000; // milliseconds until a track that does not move counts as refused

export class AudioClock {
  runsDark = true;
  #audio = new Audio();
  #origin = 0; // second of the session at which the track begins
  #from = 0; // and at which the time to get ready is over
  #end = 0; // and at which it ends
  #playing = false;
  #onStopped;
  #onNoSound;

  /** `onStopped`: somebody else stopped it. `onNoSound`: this browser does not play it. */
  constructor({ onStopped, onNoSound }) {
    this.#onStopped = onStopped;
    this.#onNoSound = onNoSound;
    this.#audio.addEventListener("pause", this.#onPause);
  }

  /** What a browser shows of a track that is over may be a hair less than its end, for ever. */
  now() {
    return this.#audio.ended ? this.#end : this.#origin + this.#audio.currentTime;
  }

  /**
   * Without waiting for anything: phones let a page sound only within the tap. `until`: second of the session at which
   * it is to wait. `volume` from 0 to 1.
   */
  play(sheet, { from, lead, until, volume }) {
    this.#origin = from - lead;
    this.#from = from;
    this.#end = until + (until === sheet.seconds ? TAIL : 0);
    const seconds = this.#end - this.#origin;
    const rate = rateFor(seconds);
    this.#playing = true;
    if (!rate) return queueMicrotask(this.#refuse);
    const cues = cuesBetween(sheet, { from, lead, until }).map((cue) => ({ ...cue, at: cue.at - this.#origin }));
    this.#load(wav(render(cues, seconds, rate, volume), rate));
    const { src } = this.#audio;
    const refuse = () => this.#audio.src === src && this.#refuse();
    this.#audio.play().catch(refuse);
    setTimeout(() => this.#audio.currentTime || refuse(), PATIENCE);
  }

  pause() {
    this.#playing = false;
    this.#audio.pause();
  }

  seek(seconds) {
    if (seconds < this.#from || seconds > this.#end) return false;
    this.#audio.currentTime = seconds - this.#origin;
    return true;
  }

  /** The last sound may fade; what would come before it is heard no more. */
  finish() {
    this.#playing = false;
    if (this.#audio.paused || this.now() < this.#end - TAIL) this.#load(null);
    else this.#audio.addEventListener("ended", () => this.#load(null), { once: true });
  }

  /** A track of megabytes is not left lying about. */
  #load(blob) {
    URL.revokeObjectURL(this.#audio.src);
    if (blob) this.#audio.src = URL.createObjectURL(blob);
    else this.#audio.removeAttribute("src");
    if (!blob) this.#audio.load();
  }

  /** The end of a track is a pause to the browser, too. */
  #onPause = () => {
    if (!this.#playing || !this.#audio.paused || this.#audio.ended) return;
    this.#playing = false;
    this.#onStopped();
  };

  #refuse = () => {
    if (!this.#playing) return;
    this.pause();
    this.#load(null);
    this.#onNoSound();
  };
}
