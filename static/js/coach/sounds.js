/** What each cue sounds like by the user's choices: a tone, a spoken clip, or nothing. */
import { earcon, EARCONS, RATE } from "./earcons.js";

const VOLUMES = { loud: 1, quiet: 0.3, hearing: 1 };
export const SILENCE = 128; // of 8 bits
const FULL = 127; // from silence to the loudest sample

export class Sounds {
  speaks; // whether it speaks in clips: also when they come later, a track made without them has no words
  #settings;
  #clips;
  #samples = new Map();
  #bytes = new Map();

  constructor(settings, clips) {
    this.#settings = settings;
    this.#clips = clips;
    this.speaks = settings.voice && clips.speaks;
  }

  get volume() {
    return VOLUMES[this.#settings.room];
  }

  get isSilent() {
    return !this.#settings.sound && !this.speaks;
  }

  /** Makes all of them, so that none has to be made later. */
  make() {
    for (const name of EARCONS) this.bytesOf({ earcon: name });
    for (const text of this.#clips.texts) this.bytesOf({ text });
  }

  /** Samples from -1 to 1, at RATE Hz. A cue is {earcon} or {text}. */
  of({ earcon: name, text }) {
    const key = name ?? text;
    if (!this.#samples.has(key)) {
      const samples = name ? this.#tone(name) : this.#word(text);
      this.#samples.set(key, samples.map((sample) => sample * this.volume));
    }
    return this.#samples.get(key);
  }

  /** The same in 8 bits, as in a track. */
  bytesOf(cue) {
    const samples = this.of(cue);
    if (!this.#bytes.has(samples)) this.#bytes.set(samples, inBytes(samples));
    return this.#bytes.get(samples);
  }

  /** Seconds; 0 when there is nothing to hear. */
  seconds(cue) {
    return this.of(cue).length / RATE;
  }

  #tone(name) {
    return this.#settings.sound ? earcon(name, this.#settings.room === "hearing") : new Float32Array();
  }

  #word(text) {
    return (this.speaks && this.#clips.of(text)) || new Float32Array();
  }
}

function inBytes(samples) {
  const bytes = new Uint8ClampedArray(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = SILENCE + samples[i] * FULL;
  return bytes;
}
