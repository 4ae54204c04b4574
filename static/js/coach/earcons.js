/**
 * The coach's sounds. The ear alone can tell them apart, and the timbre tells what they are about: an effort is bright,
 * a pause is soft, what is done rings like a bell, and the countdown ticks. A note is [seconds into the sound, Hz at
 * its start, Hz at its end, seconds]. A phone's speaker loses notes under 500 Hz, so only the pulse, the end of the
 * rest and the sounds for the hard of hearing go below.
 */
export const RATE = 11_025; // Hz of all that the coach plays

/**
 * Partials are [times the note's Hz, strength]; `attack` in seconds; a note that `rings` fades over its whole length;
 * `strength`: share of the peak, because a pure tone sounds louder than others with the same peak.
 */
const TIMBRES = {
  effort: { partials: [[1, 1], [2, 0.5], [3, 0.4]], attack: 0.008 },
  quiet: { partials: [[1, 1]], attack: 0.03, strength: 0.7 },
  done: { partials: [[1, 1], [2.76, 0.25]], attack: 0.005, rings: true },
  tick: { partials: [[1, 1]], attack: 0.004 },
};
const SOUNDS = {
  ready: ["quiet", [0, 659, 659, 0.16]],
  hold: ["effort", [0, 523, 1047, 0.25]],
  release: ["quiet", [0, 1047, 523, 0.25]],
  walk: ["effort", [0, 784, 784, 0.09], [0.14, 784, 784, 0.09]],
  rest: ["quiet", [0, 587, 494, 0.45]],
  circle: ["effort", [0, 587, 988, 0.15], [0.15, 988, 587, 0.15]],
  turn: ["quiet", [0, 988, 587, 0.15], [0.15, 587, 988, 0.15]],
  switch: ["quiet", [0, 659, 659, 0.1], [0.12, 988, 988, 0.1], [0.3, 659, 659, 0.1], [0.42, 988, 988, 0.1]],
  move: ["quiet", [0, 523, 523, 0.2], [0.24, 784, 784, 0.26]],
  tick: ["tick", [0, 1319, 1319, 0.1]],
  pulse: ["quiet", [0, 494, 494, 0.15]],
  halfway: ["done", [0, 784, 784, 0.16], [0.14, 988, 988, 0.24]],
  last: ["done", [0, 1397, 1397, 0.12], [0.12, 1397, 1397, 0.12], [0.24, 932, 932, 0.3]],
  "set-done": ["done", [0, 587, 587, 0.14], [0.13, 740, 740, 0.14], [0.26, 880, 880, 0.3]],
  "session-done": ["done", [0, 587, 587, 0.16], [0.15, 740, 740, 0.16], [0.3, 880, 880, 0.16], [0.45, 1175, 1175, 0.5]],
};
export const EARCONS = Object.keys(SOUNDS);
const PEAK = 10 ** (-1 / 20); // one decibel below the loudest
const PULSE_STRENGTH = 0.25; // share of the peak
const FADE = 0.008; // seconds to fade a note out; without it a note clicks
const FOR_HARD_OF_HEARING = { pitch: 2 / 3, length: 1.5, highest: 1000 }; // Hz; with age, high notes are lost first
const USUAL = { pitch: 1, length: 1, highest: RATE / 2 };

/** The sound's samples from -1 to 1. `low`: for the hard of hearing. */
export function earcon(name, low = false) {
  const { pitch, length, highest } = low ? FOR_HARD_OF_HEARING : USUAL;
  const [timbre, ...notes] = SOUNDS[name];
  const samples = new Float32Array(Math.ceil(secondsOf(notes) * length * RATE));
  for (const [start, from, to, seconds] of notes) {
    const note = { from: from * pitch, to: to * pitch, seconds: seconds * length };
    addNote(samples.subarray(Math.round(start * length * RATE)), note, TIMBRES[timbre], highest);
  }
  return levelled(samples, PEAK * (name === "pulse" ? PULSE_STRENGTH : (TIMBRES[timbre].strength ?? 1)));
}

function secondsOf(notes) {
  return Math.max(...notes.map(([start, , , seconds]) => start + seconds));
}

function addNote(samples, { from, to, seconds }, { partials, attack, rings }, highest) {
  const count = Math.min(Math.floor(seconds * RATE), samples.length);
  for (const [times, strength] of partials.filter(([each]) => each * Math.max(from, to) < highest)) {
    for (let i = 0; i < count; i++) {
      const t = i / RATE;
      const turn = 2 * Math.PI * times * t * (from + ((to - from) * t) / (2 * seconds));
      const gain = Math.min(1, t / attack, (seconds - t) / FADE) * (rings ? Math.exp((-2 * t) / seconds) : 1);
      samples[i] += gain * strength * Math.sin(turn);
    }
  }
}

function levelled(samples, peak) {
  let loudest = 0;
  for (let i = 0; i < samples.length; i++) loudest = Math.max(loudest, Math.abs(samples[i]));
  for (let i = 0; i < samples.length; i++) samples[i] *= peak / loudest;
  return samples;
}
