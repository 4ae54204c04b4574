/**
 * What is heard when: pure functions of a cue sheet and of `sounds` (see Sounds), which knows how long each cue is. A
 * cue is {at, earcon} or {at, text}, `at` in seconds of the session. Tones come first and words after them; where the
 * time is short, words are left out.
 */
import { endOf, isEffort, phaseAt, setDoneBefore } from "./cue-sheet.js";

const WORTH = ["safety", "side", "cue", "name", "done", "call"]; // what phrases are for; the last are left out first
const COUNTED_DOWN = 4; // seconds; a shorter phase is over before a countdown helps
const COUNTED_EFFORT = 6; // seconds; a countdown in a shorter effort would be all ticks
const PULSED = 10; // seconds; in a longer effort, silence makes people wonder
const PULSE = 5; // seconds from one pulse to the next
const QUIET = 1; // seconds around another cue without a pulse
const BETWEEN_TONES = 0.14; // seconds
const BEFORE_WORDS = 0.2; // seconds from the tones to the words
const BETWEEN_PHRASES = 0.25; // seconds
const BREATH = 0.1; // seconds between the words and the next phase
const AFTER_LAST = 0.5; // seconds after the last cue of the session

/** All cues of a session, those after its end included, in order. */
export function cuesOf(sheet, sounds) {
  const cues = [...sheet.phases.keys()].flatMap((index) => cuesAt(sheet, index, sounds));
  return inOrder([...cues, ...closingOf(sheet, sounds)]);
}

/** The cues of one phase, where the phase before it was played to its end. */
export function cuesAt(sheet, index, sounds) {
  return cuesOfPhase(sheet.phases[index], setDoneBefore(sheet, index), sounds);
}

/** Seconds after the end of the session in which its last words are spoken. */
export function tailOf(sheet, sounds) {
  const { at, ...last } = closingOf(sheet, sounds).at(-1);
  return at + sounds.seconds(last) + AFTER_LAST - sheet.seconds;
}

/**
 * The cues of the phase at second `from`, and of the `lead` seconds before it, where the user begins there. What is
 * left of that phase is treated as a whole phase.
 */
export function cuesFrom(sheet, { from, lead }, sounds) {
  const index = phaseAt(sheet, from);
  if (index === sheet.phases.length) return closingOf(sheet, sounds);
  const phase = sheet.phases[index];
  const cues = cuesOfPhase({ ...phase, at: from, seconds: endOf(phase) - from }, null, sounds);
  return lead ? [{ at: from - lead, earcon: "ready" }, ...countdown(from).slice(1), ...cues] : cues;
}

/** All cues from second `from`, after `lead` seconds to get ready, up to second `until`. */
export function cuesBetween(sheet, { from, lead, until }, sounds) {
  const index = phaseAt(sheet, from);
  const end = index < sheet.phases.length ? endOf(sheet.phases[index]) : Infinity;
  const later = cuesOf(sheet, sounds).filter(({ at }) => at >= end && (at < until || until === sheet.seconds));
  return [...cuesFrom(sheet, { from, lead }, sounds), ...later];
}

/** `setDone`: the phrase for the set that ended where the phase begins, or null. */
function cuesOfPhase(phase, setDone, sounds) {
  const names = [setDone && "set-done", phase.kind, phase.call].filter(Boolean);
  const { cues, end } = inTurn(phase.at, BETWEEN_TONES, names.map((earcon) => ({ earcon })), sounds);
  const later = phase.say.filter(({ left }) => left && left < phase.seconds - COUNTED_DOWN);
  const timed = later.flatMap((each) => timedCues(phase, each));
  const first = Math.min(endOf(phase), ...timed.map(({ at }) => at)) - BREATH;
  const phrases = [...(setDone ? [setDone] : []), ...phase.say.filter(({ left }) => !left)];
  const told = [...cues, ...fitting(phrases, end + BEFORE_WORDS, first, sounds), ...timed];
  return inOrder([...told, ...ticks(phase, told, sounds), ...pulses(phase, told, sounds)]);
}

/** One cue after the other: {cues, end: the second at which the last is over}. */
function inTurn(start, pause, heard, sounds) {
  let at = start;
  const cues = [];
  for (const cue of heard.filter((each) => sounds.seconds(each))) {
    cues.push({ at, ...cue });
    at += sounds.seconds(cue) + pause;
  }
  return { cues, end: cues.length ? at - pause : start };
}

/** The phrases that fit between second `start` and `end`. Those that matter most are chosen first. */
function fitting(phrases, start, end, sounds) {
  const spoken = (list) => inTurn(start, BETWEEN_PHRASES, list.map(({ text }) => ({ text })), sounds);
  let chosen = [];
  for (const part of WORTH) {
    for (const phrase of phrases.filter((each) => each.part === part)) {
      const more = phrases.filter((each) => each === phrase || chosen.includes(each));
      if (spoken(more).end <= end) chosen = more;
    }
  }
  return spoken(chosen).cues;
}

/** A pulse, and the phrase that says how many seconds are left. */
function timedCues(phase, { text, left }) {
  const at = endOf(phase) - left;
  return [{ at, earcon: "pulse" }, { at: at + BEFORE_WORDS, text }];
}

/** Words are worth more than ticks, so a tick never sounds under a word. */
function ticks(phase, told, sounds) {
  if (phase.seconds < (isEffort(phase) ? COUNTED_EFFORT : COUNTED_DOWN)) return [];
  return countdown(endOf(phase)).filter(({ at }) => !told.some((cue) => touches(cue, at, 0, sounds)));
}

function pulses(phase, told, sounds) {
  if (!isEffort(phase) || phase.seconds < PULSED) return [];
  const count = Math.floor((phase.seconds - COUNTED_DOWN) / PULSE);
  const all = Array.from({ length: count }, (_, i) => ({ at: phase.at + (i + 1) * PULSE, earcon: "pulse" }));
  return all.filter(({ at }) => !told.some((cue) => touches(cue, at, QUIET, sounds)));
}

function touches(cue, at, around, sounds) {
  return at > cue.at - around && at < cue.at + sounds.seconds(cue) + around;
}

function countdown(end) {
  return [3, 2, 1].map((left) => ({ at: end - left, earcon: "tick" }));
}

function closingOf({ seconds, steps }, sounds) {
  const tone = { at: seconds, earcon: "session-done" };
  const phrases = steps.at(-1).say.map(({ text }) => ({ text }));
  const start = seconds + sounds.seconds(tone) + BEFORE_WORDS;
  return [tone, ...inTurn(start, BETWEEN_PHRASES, phrases, sounds).cues];
}

function inOrder(cues) {
  return cues.sort((a, b) => a.at - b.at);
}
