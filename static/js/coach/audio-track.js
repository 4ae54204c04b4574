/**
 * What is heard in a session as one sound: 8 bits, mono, with silence in between. Plain JS makes it within the tap on
 * Start. Later taps reuse its parts, because a long session has megabytes of samples.
 */
import { endOf, phaseAt } from "./cue-sheet.js";
import { RATE } from "./earcons.js";
import { cuesAt, cuesFrom, cuesOf, tailOf } from "./sound-schedule.js";
import { SILENCE } from "./sounds.js";

const MOST_BYTES = 30_000_000;
const SPARE_SECONDS = 20; // before and after the session: to get ready, and for the last words
const HEADER_BYTES = 44;

/** Whether a session of so many seconds fits in a track. */
export function fitsTrack(seconds) {
  return (seconds + SPARE_SECONDS) * RATE + HEADER_BYTES <= MOST_BYTES;
}

export class Track {
  #sheet;
  #sounds;
  #samples; // a Blob, because taking a part of a Blob copies nothing

  constructor(sheet, sounds) {
    this.#sheet = sheet;
    this.#sounds = sounds;
    this.#samples = new Blob([render(cuesOf(sheet, sounds), 0, sheet.seconds + this.tail, sounds)]);
  }

  /** Seconds after the end of the session. */
  get tail() {
    return tailOf(this.#sheet, this.#sounds);
  }

  /** Takes the sheet as it is now: one of its phases may have become longer. */
  follow(sheet) {
    const index = sheet.phases.findIndex(({ seconds }, i) => seconds !== this.#sheet.phases[i].seconds);
    if (index >= 0) {
      const { at, seconds } = sheet.phases[index];
      const longer = render(cuesAt(sheet, index, this.#sounds), at, seconds, this.#sounds);
      this.#samples = new Blob([this.#part(0, at), longer, this.#part(endOf(this.#sheet.phases[index]))]);
    }
    this.#sheet = sheet;
  }

  /** A WAV from second `from` of the session, after `lead` seconds to get ready, up to second `until`. */
  wav({ from, lead, until }) {
    const next = endOf(this.#sheet.phases[phaseAt(this.#sheet, from)]);
    const cues = cuesFrom(this.#sheet, { from, lead }, this.#sounds);
    const head = render(cues, from - lead, next - from + lead, this.#sounds);
    return wav([head, this.#part(next, until === this.#sheet.seconds ? Infinity : until)]);
  }

  #part(from, to = Infinity) {
    return this.#samples.slice(from * RATE, to * RATE);
  }
}

/** Samples from second `start` on, each cue at its own second: they come one after the other, so nothing is mixed. */
export function render(cues, start, seconds, sounds) {
  const samples = new Uint8ClampedArray(Math.ceil(seconds * RATE)).fill(SILENCE);
  for (const cue of cues) {
    const first = Math.round((cue.at - start) * RATE);
    samples.set(sounds.bytesOf(cue).subarray(0, samples.length - first), first);
  }
  return samples;
}

/** A Blob for an <audio>, of parts that are samples or Blobs of them. */
export function wav(parts) {
  const samples = new Blob(parts);
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const write = (at, text) => [...text].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  write(0, "RIFF");
  header.setUint32(4, HEADER_BYTES - 8 + samples.size, true);
  write(8, "WAVEfmt ");
  header.setUint32(16, 16, true); // bytes of this part
  header.setUint16(20, 1, true); // PCM
  header.setUint16(22, 1, true); // channels
  header.setUint32(24, RATE, true);
  header.setUint32(28, RATE, true); // bytes a second
  header.setUint16(32, 1, true); // bytes a sample
  header.setUint16(34, 8, true); // bits
  write(36, "data");
  header.setUint32(40, samples.size, true);
  return new Blob([header, samples], { type: "audio/wav" });
}
