/** Writes a frame of the cue sheet into the stage: text at boundaries; count, bar and drawing at each frame. */
import { draw } from "./drawing.js";

const LONG = 10; // letters; longer words do not fit on a phone in the usual size

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

  /** Shows the time to get ready before the rest of a phase. Returns the word to speak. */
  lead(frame) {
    const { leadWord: word } = this.#root.dataset;
    this.#set(frame, { look: "rest", kind: "lead", word });
    this.#say({ cue: frame.phase.cue, rep: "" });
    return word;
  }

  /** A change of position continues with a tap. */
  wait() {
    this.#root.toggleAttribute("data-waits", true);
    this.count("");
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
    Object.assign(this.#root.dataset, { phase: look, kind });
    this.#root.classList.toggle("is-rest", kind === "move");
    this.#root.toggleAttribute("data-waits", false);
    this.#root.querySelector(".session-art").dataset.cue = phase.cue;
    this.#say({ name: step.name, word, side: phase.side_text, next: next?.name ?? "", before: before?.name ?? "" });
    this.#root.querySelector(".session-main [data-show=word]").classList.toggle("is-long", word.length > LONG);
    for (const element of this.#all("[data-step]")) element.hidden = element.dataset.step !== step.exercise;
    this.#art = this.#root.querySelector(`.session-art [data-step="${step.exercise}"]`);
  }

  /** Called at each frame. The band grows with the effort and shrinks in every pause, like a real band. */
  show(frame) {
    const { phase, share, step, stepShare, secondsLeft } = frame;
    this.count(secondsLeft);
    setShare(this.#root.querySelector(".session-band rect"), phase.look === "hold" ? share : 1 - share);
    this.fill(step.exercise, stepShare);
    draw(this.#art, frame);
  }

  /** Fills the exercise's segment in the session's progress. Looks it up, because the server may have replaced it. */
  fill(exercise, share) {
    const segment = this.#root.querySelector(`.session-steps [data-segment="${exercise}"] rect`);
    if (segment) setShare(segment, share);
  }

  /** `why`: "asked", "dark", "stopped"; null when it continues. */
  pause(why) {
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

/** A rest leaves time to read, so it shows the sentence and not the number of the finished rep. */
function showsCue({ rep_text: rep, kind }) {
  return !rep || kind === "rest";
}

function setShare(rect, share) {
  rect.setAttribute("width", (share * 100).toFixed(1));
}
