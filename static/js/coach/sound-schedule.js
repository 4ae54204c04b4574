/** Which sound is played when: pure functions of a cue sheet. A cue is {at, earcon}, `at` in seconds of the session. */
import { endOf, phaseAt } from "./cue-sheet.js";

const COUNTED_DOWN = 4; // seconds; a shorter phase is over before a countdown helps
const AFTER_CALLED = 0.4; // seconds from a phase's own sound to "halfway" or "last one"
const AFTER_DONE = 0.65; // seconds from "set done" to the sound of the next phase

/** All cues of a session, in order. */
export function cuesOf({ phases, steps, seconds }) {
  const ends = new Set(steps.slice(0, -1).map(({ end }) => end));
  const cues = phases.flatMap((phase) => cuesOfPhase(phase, ends.has(phase.at) ? AFTER_DONE : 0));
  for (const at of ends) cues.push({ at, earcon: "set-done" });
  cues.push({ at: seconds, earcon: "session-done" });
  return cues.sort((a, b) => a.at - b.at);
}

function cuesOfPhase(phase, delay) {
  const cues = [{ at: phase.at + delay, earcon: phase.kind }];
  if (phase.call) cues.push({ at: phase.at + AFTER_CALLED, earcon: phase.call });
  if (phase.seconds < COUNTED_DOWN) return cues;
  return [...cues, ...countdown(endOf(phase))];
}

function countdown(end) {
  return [3, 2, 1].map((left) => ({ at: end - left, earcon: "tick" }));
}

/**
 * The cues from second `from` up to `until`. A lead-in of `lead` seconds ends with the sound of the phase that
 * continues.
 */
export function cuesBetween(sheet, { from, lead, until }) {
  const cues = cuesOf(sheet).filter(({ at }) => at >= from && (at < until || until === sheet.seconds));
  const { at, kind } = sheet.phases[phaseAt(sheet, from)];
  if (at < from) cues.unshift({ at: from, earcon: kind });
  if (lead) cues.unshift({ at: from - lead, earcon: "ready" }, ...countdown(from).slice(1));
  return cues;
}
