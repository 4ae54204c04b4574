/** Writes a frame of the cue sheet into the stage: text at boundaries, count, bar and drawing each frame. */
import { draw } from "./drawing.js";

const LONG = 10; // letters; more do not fit on a phone in the size of the others

export class Stage {
  #root;
  #art = null;

  constructor(root) {
    this.#root = root;
  }

  /** A phase begins. */
  enter(frame) {
    const { phase } = frame;
    this.#set(frame, { look: phase.look, kind: phase.kind, word: phase.word });
    this.#say({ cue: showsCue(phase) ? phase.cue : "", rep: showsCue(phase) ? "" : phase.rep_text });
  }

  /** Time to get ready before the rest of a phase. Tells what to say. */
  lead(frame) {
    const { leadWord: word } = this.#root.dataset;
    this.#set(frame, { look: "rest", kind: "lead", word });
    this.#say({ cue: frame.phase.cue, rep: "" });
    return word;
  }

  /** A change of position goes on with a tap. */
  wait() {
    this.#root.toggleAttribute("data-waits", true);
    this.count("");
  }

  count(seconds) {
    this.#say({ count: String(seconds) });
  }

  /** For who does not hear: once, so that it is no flicker. */
  flash() {
    this.#root.querySelector(".session-flash").getAnimations().forEach((animation) => animation.cancel());
    this.#root.querySelector(".session-flash").animate({ opacity: [0.9, 0.9, 0] }, { duration: 500 });
  }

  /** This browser plays no sound. */
  mute() {
    this.#root.querySelector("[data-mute]").hidden = false;
  }

  #set({ step, phase, next, before }, { look, kind, word }) {
    Object.assign(this.#root.dataset, { phase: look, kind });
    this.#root.classList.toggle("is-rest", kind === "move");
    this.#root.toggleAttribute("data-waits", false);
    this.#root.querySelector(".session-art").dataset.told = phase.cue;
    this.#say({ name: step.name, word, side: phase.side_text, next: next?.name ?? "", before: before?.name ?? "" });
    this.#root.querySelector(".session-main [data-show=word]").classList.toggle("is-long", word.length > LONG);
    for (const element of this.#all("[data-step]")) element.hidden = element.dataset.step !== step.exercise;
    this.#art = this.#root.querySelector(`.session-art [data-step="${step.exercise}"]`);
  }

  /** Each frame. The band grows with the effort and shrinks in every pause, like the band itself. */
  show(frame) {
    const { phase, share, step, stepShare, secondsLeft } = frame;
    this.count(secondsLeft);
    setShare(this.#root.querySelector(".session-band rect"), phase.look === "hold" ? share : 1 - share);
    this.fill(step.exercise, stepShare);
    draw(this.#art, frame);
  }

  /** The exercise's segment in the session's progress. The server may have put new ones there: look it up. */
  fill(exercise, share) {
    const segment = this.#root.querySelector(`.session-steps [data-segment="${exercise}"] rect`);
    if (segment) setShare(segment, share);
  }

  /** `why`: "asked", "dark", "stopped"; null when it goes on. */
  pause(why) {
    this.#root.toggleAttribute("data-paused", Boolean(why));
    this.#root.classList.toggle("is-plain", Boolean(why));
    for (const reason of this.#all("[data-why]")) reason.hidden = reason.dataset.why !== why;
  }

  #say(texts) {
    for (const [name, text] of Object.entries(texts)) {
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

/** Where there is time to read: in a rest the sentence says more than the number of what is over. */
function showsCue({ rep_text: rep, kind }) {
  return !rep || kind === "rest";
}

function setShare(rect, share) {
  rect.setAttribute("width", (share * 100).toFixed(1));
}
