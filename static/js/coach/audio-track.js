/** The cues as one WAV: 16 bit, mono, with silence in between. Plain JS makes it within the tap on Start. */
import { earcon } from "./earcons.js";

const MOST_BYTES = 12_000_000;
const HEADER_BYTES = 44;
const USUAL_RATE = 11_025;
const LOWEST_RATE = 3000; // browsers do not play lower rates

/** Hz at which so many seconds fit in the file; 0 when they do not fit. */
export function rateFor(seconds) {
  const rate = Math.min(USUAL_RATE, Math.floor((MOST_BYTES - HEADER_BYTES) / 2 / Math.ceil(seconds)));
  return rate < LOWEST_RATE ? 0 : rate;
}

/** Samples of `seconds`, with each cue at its `at` on this track; `volume` from 0 to 1. */
export function render(cues, seconds, rate, volume) {
  const samples = new Int16Array(Math.ceil(seconds * rate));
  const sounds = new Map();
  for (const { at, earcon: name } of cues) {
    if (!sounds.has(name)) sounds.set(name, earcon(name, rate));
    mix(samples, sounds.get(name), Math.round(at * rate), volume * 32_767);
  }
  return samples;
}

function mix(samples, sound, first, scale) {
  const count = Math.min(sound.length, samples.length - first);
  for (let i = 0; i < count; i++) {
    samples[first + i] = Math.max(-32_768, Math.min(32_767, samples[first + i] + sound[i] * scale));
  }
}

/** A Blob for an <audio>. The samples are little-endian, as in memory on every machine that runs a browser. */
export function wav(samples, rate) {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const write = (at, text) => [...text].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  write(0, "RIFF");
  header.setUint32(4, HEADER_BYTES - 8 + samples.byteLength, true);
  write(8, "WAVEfmt ");
  header.setUint32(16, 16, true); // bytes of this part
  header.setUint16(20, 1, true); // PCM
  header.setUint16(22, 1, true); // channels
  header.setUint32(24, rate, true);
  header.setUint32(28, rate * 2, true); // bytes a second
  header.setUint16(32, 2, true); // bytes a sample
  header.setUint16(34, 16, true); // bits
  write(36, "data");
  header.setUint32(40, samples.byteLength, true);
  return new Blob([header, samples], { type: "audio/wav" });
}
