/**
 * Pure functions of a cue sheet and a second `t` of it. The sheet comes from the server: {seconds, steps: [{exercise,
 * name, start, end}], phases: [{step, kind, look, at, seconds, side, rep, word, ...}]}.
 */
const EFFORTS = new Set(["hold", "walk", "circle"]);
const GRACE_SECONDS = 1; // Back within this time goes to the rep before

export const isEffort = (phase) => EFFORTS.has(phase.kind);
export const endOf = (phase) => phase.at + phase.seconds;

/** What phrases say together. */
export const textOf = (phrases) => phrases.map(({ text }) => text).join(" ");

/** The phrase that the set before is done, where the phase begins another step; else null. */
export function setDoneBefore({ phases, set_done: phrase }, index) {
  return index > 0 && phases[index].step !== phases[index - 1].step ? phrase : null;
}

/** Index of the phase at t: the first that ends after t. The number of phases when all are over. */
export function phaseAt(sheet, t) {
  const index = sheet.phases.findIndex((phase) => t < endOf(phase));
  return index < 0 ? sheet.phases.length : index;
}

/** Everything a screen shows at t. After the last phase it is {done: true}. */
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
    before: sheet.steps[phase.step - 1],
    setDone: setDoneBefore(sheet, index),
    elapsed,
    secondsLeft: Math.max(1, Math.ceil(phase.seconds - elapsed)),
    share: elapsed / phase.seconds,
    stepShare: (t - step.start) / (step.end - step.start),
  };
}

/** The sheet without the steps that are done by `isDone`, starting at second 0. */
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

/** Indexes of the efforts that ended after `from` and up to `to`. */
export function effortsEnded(sheet, from, to) {
  return efforts(sheet).filter((i) => endOf(sheet.phases[i]) > from && endOf(sheet.phases[i]) <= to);
}

/** Indexes of a step's efforts among the phases. */
export function effortsOf(sheet, place) {
  return efforts(sheet).filter((i) => sheet.phases[i].step === place);
}

function efforts({ phases }) {
  return [...phases.keys()].filter((i) => isEffort(phases[i]));
}

/** Indexes of the steps that ended after `from` and up to `to`. */
export function stepsEnded(sheet, from, to) {
  return [...sheet.steps.keys()].filter((place) => sheet.steps[place].end > from && sheet.steps[place].end <= to);
}

/**
 * Where Back goes: the start of this rep; within its first second, the start of the rep before. It stays in the step.
 */
export function backFrom(sheet, t) {
  const place = stepAt(sheet, t);
  const before = phasesOf(sheet, place).filter((phase) => isEffort(phase) && phase.at <= t - GRACE_SECONDS);
  return before.at(-1)?.at ?? sheet.steps[place].start;
}

/**
 * Where Skip goes: the next phase of the step, else the step's end. It passes a release, which is too short to land on.
 */
export function skipFrom(sheet, t) {
  const place = stepAt(sheet, t);
  const after = phasesOf(sheet, place).filter((phase) => phase.kind !== "release" && phase.at > t);
  return after[0]?.at ?? sheet.steps[place].end;
}

/** Where Back by a whole exercise goes: the start of the step before. */
export function previousFrom(sheet, t) {
  return againFrom(sheet, Math.max(0, stepAt(sheet, t) - 1));
}

/** Where a step starts again: at its "get ready", after the change of position. */
export function againFrom(sheet, place) {
  return phasesOf(sheet, place).find((phase) => phase.kind !== "move").at;
}

/** The sheet with the phase at t made longer by `seconds`. */
export function longer(sheet, t, seconds) {
  const index = phaseAt(sheet, t);
  const place = sheet.phases[index].step;
  const later = (at, isLater) => (isLater ? at + seconds : at);
  return {
    ...sheet,
    seconds: sheet.seconds + seconds,
    steps: sheet.steps.map((step, i) => ({ ...step, start: later(step.start, i > place), end: later(step.end, i >= place) })),
    phases: sheet.phases.map((phase, i) => {
      if (i === index) return { ...phase, seconds: phase.seconds + seconds };
      return { ...phase, at: later(phase.at, i > index) };
    }),
  };
}

/** Index of the step at t; the last one at the end. */
export function stepAt(sheet, t) {
  const place = sheet.steps.findIndex((step) => t < step.end);
  return place < 0 ? sheet.steps.length - 1 : place;
}

function phasesOf(sheet, place) {
  return sheet.phases.filter((phase) => phase.step === place);
}
