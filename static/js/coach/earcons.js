/**
 * The coach's sounds. The ear alone can tell them apart: a hold rises, a release falls, a switch of legs comes twice. A
 * note is [seconds into the sound, Hz at its start, Hz at its end, seconds]. All notes lie between 500 and 1400 Hz: a
 * phone's speaker loses lower ones, and a track of a low rate loses higher ones.
 */
const NOTES = {
  ready: [[0, 659, 659, 0.15]],
  hold: [[0, 523, 1047, 0.25]],
  release: [[0, 1047, 523, 0.25]],
  walk: [[0, 784, 784, 0.09], [0.14, 784, 784, 0.09]],
  rest: [[0, 587, 523, 0.45]],
  circle: [[0, 587, 988, 0.15], [0.15, 988, 587, 0.15]],
  turn: [[0, 988, 587, 0.15], [0.15, 587, 988, 0.15]],
  switch: [[0, 659, 659, 0.1], [0.12, 988, 988, 0.1], [0.3, 659, 659, 0.1], [0.42, 988, 988, 0.1]],
  move: [[0, 988, 988, 0.14], [0.16, 784, 784, 0.14], [0.32, 587, 587, 0.2]],
  tick: [[0, 1319, 1319, 0.04]],
  halfway: [[0, 1175, 1175, 0.08], [0.12, 1175, 1175, 0.08]],
  last: [[0, 1175, 1175, 0.08], [0.12, 1175, 1175, 0.08], [0.24, 1175, 1175, 0.08]],
  "set-done": [[0, 587, 587, 0.12], [0.13, 740, 740, 0.12], [0.26, 880, 880, 0.25]],
  "session-done": [[0, 587, 587, 0.14], [0.15, 740, 740, 0.14], [0.3, 880, 880, 0.14], [0.45, 1175, 1175, 0.45]],
};
const RAMP = 0.008; // seconds to fade a note in and out; without it a note clicks
const OVERTONE = 0.3; // share of the third harmonic, which a small speaker plays better than the note itself
const LOUDEST = 0.75; // leaves room for two sounds at once

/** The sound's samples at `rate` Hz, from -1 to 1. */
export function earcon(name, rate) {
  const notes = NOTES[name];
  const seconds = Math.max(...notes.map(([start, , , length]) => start + length));
  const samples = new Float32Array(Math.ceil(seconds * rate));
  for (const note of notes) add(samples, note, rate);
  return samples;
}

function add(samples, [start, from, to, length], rate) {
  const overtone = 3 * Math.max(from, to) < rate / 2 ? OVERTONE : 0;
  const first = Math.round(start * rate);
  const count = Math.min(Math.floor(length * rate), samples.length - first);
  for (let i = 0; i < count; i++) {
    const t = i / rate;
    const turn = 2 * Math.PI * (from * t + ((to - from) * t * t) / (2 * length));
    const gain = LOUDEST * Math.min(1, t / RAMP, (length - t) / RAMP);
    samples[first + i] += (gain * (Math.sin(turn) + overtone * Math.sin(3 * turn))) / (1 + overtone);
  }
}
