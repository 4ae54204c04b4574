/**
 * Pure functions of a cue sheet and a second `t` of it. The sheet comes from the server:
 * {seconds, steps: [{exercise, name, start, end, done}], phases: [{step, kind, look, at, seconds, side, rep, word, ...}]}.
 */
const EFFORTS = new Set(["hold", "walk", "circle"]);
const GRACE_SECONDS = 1; // Back within it means the part before

export const isEffort = (phase) => EFFORTS.has(phase.kind);
export const endOf = (phase) => phase.at + phase.seconds;

/** Place of the phase running at t: the first whose end is after t; the number of phases when all are over. */
export function phaseAt(sheet, t) {
  const index = sheet.phases.findIndex((phase) => t < endOf(phase));
  return index < 0 ? sheet.phases.length : index;
}

/** All a screen shows at t. After the last phase it is {done: true}. */
export function frame(sheet, t) {
  const index = phaseAt(sheet, t);
  const phase = sheet.phases[index];
  if (!phase) return { done: true, index };
  const step = sheet.steps[phase.step];
  const elapsed = Math.max(0, t - phase.at);
  return {
    done: false,
    index,
    phase,
    step,
    next: sheet.steps[phase.step + 1],
    elapsed,
    secondsLeft: Math.max(1, Math.ceil(phase.seconds - elapsed)),
    share: elapsed / phase.seconds,
    stepShare: (t - step.start) / (step.end - step.start),
  };
}

/** What is still to be done: the sheet without the steps `isDone` names, from second 0 again. */
export function remaining(sheet, isDone) {
  const steps = [];
  const phases = [];
  let at = 0;
  sheet.steps.forEach((step, number) => {
    if (isDone(step)) return;
    const shift = at - step.start;
    for (const phase of sheet.phases) {
      if (phase.step === number) phases.push({ ...phase, step: steps.length, at: phase.at + shift });
    }
    steps.push({ ...step, start: at, end: step.end + shift });
    at = step.end + shift;
  });
  return { ...sheet, seconds: at, steps, phases };
}

/** Efforts run to their end after `from` and up to `to`. */
export function effortsEnded(sheet, from, to) {
  return sheet.phases.filter((phase) => isEffort(phase) && endOf(phase) > from && endOf(phase) <= to);
}

/** Efforts in the whole step. */
export function repsOf(sheet, place) {
  return phasesOf(sheet, place).filter(isEffort).length;
}

/** Places of the steps that ended after `from` and up to `to`. */
export function stepsEnded(sheet, from, to) {
  return [...sheet.steps.keys()].filter((place) => sheet.steps[place].end > from && sheet.steps[place].end <= to);
}

/** Where Back goes: the start of this rep, within its first second that of the rep before; never out of the step. */
export function backFrom(sheet, t) {
  const place = stepAt(sheet, t);
  const before = phasesOf(sheet, place).filter((phase) => isEffort(phase) && phase.at <= t - GRACE_SECONDS);
  return before.at(-1)?.at ?? sheet.steps[place].start;
}

/** Where Skip goes: the next part of the step, past a release, which is too short to land on; else the step's end. */
export function skipFrom(sheet, t) {
  const place = stepAt(sheet, t);
  const after = phasesOf(sheet, place).filter((phase) => phase.kind !== "release" && phase.at > t);
  return after[0]?.at ?? sheet.steps[place].end;
}

/** Where the step at t begins anew: at its "get ready", the change of position is behind us. */
export function againFrom(sheet, t) {
  return phasesOf(sheet, stepAt(sheet, t)).find((phase) => phase.kind !== "move").at;
}

/** Place of the step running at t, the last one at the end. */
export function stepAt(sheet, t) {
  const place = sheet.steps.findIndex((step) => t < step.end);
  return place < 0 ? sheet.steps.length - 1 : place;
}

function phasesOf(sheet, place) {
  return sheet.phases.filter((phase) => phase.step === place);
}
