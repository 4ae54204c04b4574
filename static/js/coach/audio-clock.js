/**
 * The clock of a session with sound. All its cues are in one <audio>, whose `currentTime` is the time. It keeps running
 * while the screen is locked and the page is frozen. When a call stops the sound, the time stops with it.
 */
const PATIENCE = 3000; // milliseconds after which a track that does not move counts as not playable

export class AudioClock {
  runsDark = true;
  #audio = new Audio();
  #origin = 0; // second of the session at which the track begins
  #from = 0; // second at which the time to get ready ends
  #end = 0; // second at which the track ends
  #tail = 0; // seconds of it after the end of the session
  #playing = false;
  #onStopped;
  #onNoSound;

  /** `onStopped`: something else stopped the track. `onNoSound`: this browser does not play it. */
  constructor({ onStopped, onNoSound }) {
    this.#onStopped = onStopped;
    this.#onNoSound = onNoSound;
    this.#audio.addEventListener("pause", this.#onPause);
    this.#audio.addEventListener("play", this.#onPlay);
  }

  /** At the end of a track, some browsers report a time slightly before its end. */
  now() {
    return this.#audio.ended ? this.#end : this.#origin + this.#audio.currentTime;
  }

  get running() {
    return !this.#audio.paused && !this.#audio.ended;
  }

  /**
   * Plays at once, because phones let a page sound only within the tap. `until`: second of the session at which it
   * stops to wait. `wav` is the track, which ends `tail` seconds after the session.
   */
  play(sheet, { from, lead, until, wav, tail }) {
    this.#origin = from - lead;
    this.#from = from;
    this.#tail = until === sheet.seconds ? tail : 0;
    this.#end = until + this.#tail;
    this.#playing = true;
    this.#load(wav);
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

  /** Lets the last words be heard; what comes before them is cut off. */
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

  /** Browsers report the end of a track as a pause, too. */
  #onPause = () => {
    if (!this.#playing || !this.#audio.paused || this.#audio.ended) return;
    this.#playing = false;
    this.#onStopped();
  };

  /** Some phones play on by themselves when a call is over. The stage stands still, so the sound does too. */
  #onPlay = () => {
    if (!this.#playing) this.#audio.pause();
  };

  #refuse = () => {
    if (!this.#playing) return;
    this.pause();
    this.#load(null);
    this.#onNoSound();
  };
}
