/**
 * Plays the sounds one by one, so that the user's own music goes on. The page must be visible, so the screen stays on.
 */
import { earcon } from "./earcons.js";

const LATE = 0.3; // seconds; a later sound would mislead

export class LiveSounds {
  #context = null;
  #cues = [];
  #playedUpTo = 0; // second of the session up to which the sounds were played
  #volume = 0;

  /** Call it within a tap, or phones stay silent. The first cue is due at once. `volume` from 0 to 1. */
  begin(cues, volume) {
    this.#cues = cues;
    this.#volume = volume;
    this.#playedUpTo = -Infinity;
    if (window.AudioContext) this.#context ??= new AudioContext();
    this.#context?.resume().catch(() => {});
  }

  /** Continues from another second. */
  seek(seconds) {
    this.#playedUpTo = seconds - LATE;
  }

  /** Plays the cues that are due since the last call. */
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
