/**
 * Plays the sounds one by one, so that the user's own music goes on. The page must be visible, so the screen stays on.
 */
import { RATE } from "./earcons.js";

const LATE = 0.3; // seconds; a later sound would mislead

export class LiveSounds {
  #context = null;
  #cues = [];
  #playedUpTo = 0; // second of the session up to which the sounds were played
  #sounds;
  #playing = new Set();

  /** Call it within a tap, or phones stay silent. The first cue is due at once. */
  begin(cues, sounds) {
    this.stop();
    this.#cues = cues;
    this.#sounds = sounds;
    this.#playedUpTo = -Infinity;
    if (window.AudioContext) this.#context ??= new AudioContext();
    this.#context?.resume().catch(() => {});
  }

  /** A word under way must not run over what comes next. */
  stop() {
    for (const source of this.#playing) source.stop();
  }

  /** Continues from another second. */
  seek(seconds) {
    this.stop();
    this.#playedUpTo = seconds - LATE;
  }

  /** Plays the cues that fell due since the last call. At the end of a session it plays all the others. */
  tick(now) {
    const since = Math.max(this.#playedUpTo, now - LATE);
    const due = this.#cues.filter(({ at }) => at > since && at <= now);
    for (const cue of due) this.#play(this.#sounds.of(cue), 0);
    this.#playedUpTo = now;
    if (!due.some((cue) => cue.earcon === "session-done")) return;
    for (const cue of this.#cues.filter(({ at }) => at > now)) this.#play(this.#sounds.of(cue), cue.at - now);
  }

  /** Seconds from `now` to the next cue. */
  after(now) {
    return (this.#cues.find(({ at }) => at > now)?.at ?? Infinity) - now;
  }

  /** `delay` in seconds. */
  #play(samples, delay) {
    if (!this.#context || !samples.length) return;
    const buffer = this.#context.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    source.onended = () => this.#playing.delete(source);
    this.#playing.add(source);
    source.start(this.#context.currentTime + delay);
  }
}
