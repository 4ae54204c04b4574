/** The sounds one by one, which let music of the user's go on. They need a page in view, so the screen stays on. */
import { earcon } from "./earcons.js";

const LATE = 0.3; // seconds: a sound that comes later tells something wrong

export class LiveSounds {
  #context = null;
  #cues = [];
  #playedUpTo = 0; // second of the session up to which they were given
  #volume = 0;

  /** Within a tap, or phones keep silent. The first of the cues is due at once. `volume` from 0 to 1. */
  begin(cues, volume) {
    this.#cues = cues;
    this.#volume = volume;
    this.#playedUpTo = -Infinity;
    if (window.AudioContext) this.#context ??= new AudioContext();
    this.#context?.resume().catch(() => {});
  }

  /** From another second on. */
  seek(seconds) {
    this.#playedUpTo = seconds - LATE;
  }

  /** Those that are due since the last look. */
  tick(now) {
    const since = Math.max(this.#playedUpTo, now - LATE);
    for (const { at, earcon: name } of this.#cues) if (at > since && at <= now) this.#play(name);
    this.#playedUpTo = now;
  }

  #play(name) {
    if (!this.#context) return;
    const samples = earcon(name, this.#context.sampleRate).map((sample) => sample * this.#volume);
    const buffer = this.#context.createBuffer(1, samples.length, this.#context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    source.start();
  }
}
