/**
 * The pose of a drawing is a function of the phase and of the seconds in it. Its CSS animations are set once a phase;
 * then the browser runs them by itself. With reduced motion there are no animations, and the key pose stays.
 */
import { Steered } from "./steer.js";

/**
 * Seconds of a drawing's cycle, and the share of it that is the hold. Without a share the drawing moves at its own
 * tempo.
 */
const CYCLES = {
  "toe-presses": { seconds: 6, holdShare: 0.667 },
  "resisted-plantar-flexion": { seconds: 7, holdShare: 0.714 },
  "toe-stretch": { seconds: 25, holdShare: 0.8 },
};
const AT_OWN_TEMPO = ["walk", "circle"];
const ROLLS = "foot-massage"; // its hold moves, too

/**
 * The part of the drawing's cycle that the phase plays: {start: the second of the cycle at which the phase begins,
 * rate: seconds of the cycle in a second of the phase}. Second 0 is the resting pose; at a rate of 0 it stands still.
 */
export function motion(exercise, phase) {
  const cycle = CYCLES[exercise];
  if (phase.kind === "hold" && cycle) return { start: 0, rate: (cycle.holdShare * cycle.seconds) / phase.seconds };
  if (phase.kind === "release" && cycle) {
    return { start: cycle.holdShare * cycle.seconds, rate: ((1 - cycle.holdShare) * cycle.seconds) / phase.seconds };
  }
  const moves = AT_OWN_TEMPO.includes(phase.kind) || (phase.kind === "hold" && exercise === ROLLS);
  return { start: 0, rate: moves ? 1 : 0 };
}

/** The drawings show a right leg in front. A set of two sides begins with the left one, from its "get ready" on. */
function isLeft({ sides }, { side }) {
  return side === 1 || (side === 0 && sides === 2);
}

/** The drawing on the stage. */
export class Drawing {
  #art;
  #motion = new Steered(() => this.#art.getAnimations({ subtree: true }));

  /** A phase begins. `art`: the element around the drawing of the frame's step. */
  enter(art, { step, phase }) {
    if (art !== this.#art) this.#motion.forget();
    this.#art = art;
    art.classList.toggle("is-ccw", phase.kind === "turn" || (phase.kind === "circle" && phase.rep % 2 === 0));
    art.querySelector("svg").classList.toggle("is-mirror", isLeft(step, phase));
  }

  /** Shows the pose of the frame. If it `runs`, the drawing moves on from there. */
  show({ step, phase, elapsed }, runs) {
    const { start, rate } = motion(step.exercise, phase);
    this.#motion.to((start + Math.min(elapsed, phase.seconds) * rate) * 1000, runs ? rate : 0);
  }
}
