/**
 * The pose of a drawing is a function of the phase and of the seconds in it. Its CSS animations are paused, and each
 * frame sets their time. With reduced motion there are no animations, and the key pose stays.
 */

/**
 * Seconds of a drawing's cycle, and the share of it that is the hold. Without a share the drawing moves at its own
 * tempo.
 */
const CYCLES = {
  "toe-presses": { seconds: 6, holdShare: 0.667 },
  "resisted-plantar-flexion": { seconds: 7, holdShare: 0.714 },
};

/** Seconds into the drawing's cycle that match `elapsed` seconds of the phase; 0 is the resting pose. */
export function pose(exercise, phase, elapsed) {
  const share = Math.min(1, elapsed / phase.seconds);
  const cycle = CYCLES[exercise];
  if (phase.kind === "hold" && cycle) return share * cycle.holdShare * cycle.seconds;
  if (phase.kind === "release" && cycle) return (cycle.holdShare + share * (1 - cycle.holdShare)) * cycle.seconds;
  return phase.kind === "walk" || phase.kind === "circle" ? elapsed : 0;
}

/** The drawings show a right leg in front. A set of two sides begins with the left one, from its "get ready" on. */
function isLeft({ sides }, { side }) {
  return side === 1 || (side === 0 && sides === 2);
}

/** Draws the frame's pose in `art`, the element around the drawing of the frame's step. */
export function draw(art, { step, phase, elapsed }) {
  art.classList.toggle("is-ccw", phase.kind === "turn" || (phase.kind === "circle" && phase.rep % 2 === 0));
  const svg = art.querySelector("svg");
  svg.classList.toggle("is-mirror", isLeft(step, phase));
  const time = pose(step.exercise, phase, elapsed) * 1000;
  for (const animation of svg.getAnimations({ subtree: true })) {
    animation.pause();
    animation.currentTime = time;
  }
}
