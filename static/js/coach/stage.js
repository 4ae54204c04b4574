/** Writes a frame of the cue sheet into the stage. The bar and the drawing then move by themselves: see steer.js. */
import { Drawing } from "./drawing.js";
import { Steered } from "./steer.js";

const REPEATED = new Set(["hold", "release", "walk", "circle", "turn"]);
const TOLD = 2; // reps at the start of a side in which the stage still shows the cue
// The animation is twice as long as the phase, so the bar is full, or empty, halfway through it. An animation that
// ends is work for the page.
const TWICE = 2;
const GROWS = ["scaleX(0)", `scaleX(${TWICE})`];
const SHRINKS = ["scaleX(1)", `scaleX(${1 - TWICE})`];
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export class Stage {
  #root;
  #drawing = new Drawing();
  #bar; // its animation, twice as long as the phase
  #barMotion = new Steered(() => [this.#bar]);

  constructor(root) {
    this.#root = root;
    this.#bar = root.querySelector(".session-band svg").animate({ transform: GROWS }, { duration: 1000, fill: "both" });
    this.#bar.pause();
  }

  /** A phase begins. */
  enter(frame) {
    const { phase } = frame;
    this.#set(frame, { look: phase.look, kind: phase.kind, word: phase.word });
    this.#say({ cue: phase.cue, rep: phase.rep_text });
    this.#root.dataset.told = told(phase);
  }

  /** Shows the time to get ready before the rest of a phase, which stands still. Returns the word to speak. */
  lead(frame) {
    const { leadWord: word } = this.#root.dataset;
    this.#set(frame, { look: "rest", kind: "lead", word });
    this.#say({ cue: frame.phase.cue, rep: "" });
    this.#root.dataset.told = "cue";
    this.#move(frame, false);
    return word;
  }

  /** A change of position continues with a tap. */
  wait() {
    this.#root.toggleAttribute("data-waits", true);
    this.count("");
    this.#stand();
  }

  #stand() {
    this.#bar.pause();
    this.#barMotion.forget();
  }

  count(seconds) {
    this.#say({ count: String(seconds) });
  }

  /** For users who do not hear the cue. It lights up once, so it does not flicker. */
  flash() {
    this.#root.querySelector(".session-flash").getAnimations().forEach((animation) => animation.cancel());
    this.#root.querySelector(".session-flash").animate({ opacity: [0.9, 0.9, 0] }, { duration: 500 });
  }

  /** This browser plays no sound. */
  mute() {
    this.#root.querySelector("[data-mute]").hidden = false;
  }

  #set({ step, phase, next, before }, { look, kind, word }) {
    Object.assign(this.#root.dataset, { phase: look, kind, side: phase.side });
    this.#root.toggleAttribute("data-waits", false);
    this.#say({ name: step.name, word, side: phase.side_text, next: next?.name ?? "", before: before?.name ?? "" });
    for (const element of this.#all("[data-step]")) element.hidden = element.dataset.step !== step.exercise;
    this.#drawing.enter(this.#root.querySelector(`.session-art [data-step="${step.exercise}"]`), { step, phase });
  }

  /** Called at each look: once a second, and whenever the clock goes elsewhere. */
  show(frame) {
    this.#move(frame, true); // before the count: it may need the layout, which a new text makes dear
    this.count(frame.secondsLeft);
    this.fill(frame.step.exercise, frame.stepShare);
  }

  /** The band grows with the effort and shrinks in every pause, like a real band. */
  #move(frame, runs) {
    const { phase, elapsed } = frame;
    const { effect } = this.#bar;
    const length = phase.seconds * 1000;
    const transform = phase.look === "hold" ? GROWS : SHRINKS;
    if (effect.getTiming().duration !== TWICE * length) effect.updateTiming({ duration: TWICE * length });
    if (effect.getKeyframes()[0].transform !== transform[0]) effect.setKeyframes({ transform });
    this.#barMotion.to(elapsed * 1000, runs && !STILL.matches ? 1 : 0);
    this.#drawing.show(frame, runs);
  }

  /** Fills the exercise's segment in the session's progress. Looks it up, because the server may have replaced it. */
  fill(exercise, share) {
    const segment = this.#root.querySelector(`[data-segment="${exercise}"] rect`);
    segment?.setAttribute("width", (share * 100).toFixed(1));
  }

  /** `why`: "asked", "dark", "stopped"; null when it continues. */
  pause(why) {
    this.#root.classList.toggle("is-plain", Boolean(why));
    for (const reason of this.#all("[data-why]")) reason.hidden = reason.dataset.why !== why;
    if (why) this.#stand(); // the drawing is hidden, which ends its animations
  }

  /** `--letters-word` is the number of letters of the word: the style sheet makes it as large as fits. */
  #say(texts) {
    for (const [name, text] of Object.entries(texts)) {
      this.#root.style.setProperty(`--letters-${name}`, text.length);
      for (const element of this.#all(`[data-show="${name}"]`)) {
        if (element.textContent !== text) element.textContent = text;
      }
      for (const element of this.#all(`[data-if="${name}"]`)) element.hidden = !text;
      for (const element of this.#all(`[data-unless="${name}"]`)) element.hidden = Boolean(text);
    }
  }

  #all(selector) {
    return this.#root.querySelectorAll(selector);
  }
}

/**
 * How the stage shows the cue: "cue" while it is new; "echo" where it repeats the word, so that only its place is kept;
 * "" once it is known.
 */
function told({ kind, rep, cue, word }) {
  if (REPEATED.has(kind) && rep > TOLD) return "";
  return cue.replace(/\p{P}+$/u, "") === word ? "echo" : "cue";
}
