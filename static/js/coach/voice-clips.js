/**
 * The spoken phrases of the page's language: one sound file, cut into clips as soon as somebody wants to hear
 * them. In the track, they are heard behind a locked screen too.
 */
import { RATE } from "./earcons.js";

const AROUND = 0.1; // seconds read on both sides of a clip, because decoders differ in where a file begins
const HEARD = 0.004; // the least sample that counts as heard
const MARGIN = 0.04; // seconds left on both sides of what is heard

class VoiceClips {
  #file = null; // what was loaded, or is on its way
  #samples = new Map();

  /** `voice`: {file, clips}, in which each text has [start, seconds] of the file; null where the language has none. */
  async load(voice) {
    if (!voice || this.#file === voice.file) return;
    this.#file = voice.file;
    try {
      const answer = await fetch(voice.file);
      const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await answer.arrayBuffer());
      const whole = sound.getChannelData(0);
      for (const [text, place] of Object.entries(voice.clips)) this.#samples.set(text, cut(whole, ...place));
    } catch {
      this.#file = null; // until it can be read, the coach speaks as it would without clips
    }
  }

  get speaks() {
    return this.#samples.size > 0;
  }

  get texts() {
    return this.#samples.keys();
  }

  /** Samples from -1 to 1, at RATE Hz; undefined for a text without a clip. */
  of(text) {
    return this.#samples.get(text);
  }
}

/** One page has one voice. */
export const voiceClips = new VoiceClips();

function cut(whole, start, seconds) {
  const piece = whole.subarray(Math.round((start - AROUND) * RATE), Math.round((start + seconds + AROUND) * RATE));
  const isHeard = (sample) => Math.abs(sample) > HEARD;
  const first = Math.max(0, piece.findIndex(isHeard) - MARGIN * RATE);
  return piece.slice(first, piece.findLastIndex(isHeard) + MARGIN * RATE);
}
