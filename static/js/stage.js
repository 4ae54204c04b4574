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
  turn({ phase, step, next }) {
    const { dataset, classList } = this.#root;
    dataset.phase = phase.look;
    dataset.kind = phase.kind;
    classList.toggle("is-rest", phase.kind === "move");
    this.#say({
      name: step.name,
      word: phase.word,
      cue: showsCue(phase) ? phase.cue : "",
      rep: showsCue(phase) ? "" : phase.rep_text,
      side: phase.side_text,
      next: next?.name ?? "",
    });
    this.#root.querySelector(".session-main [data-show=word]").classList.toggle("is-long", phase.word.length > LONG);
    for (const element of this.#all("[data-step]")) element.hidden = element.dataset.step !== step.exercise;
    this.#art = this.#root.querySelector(`.session-art [data-step="${step.exercise}"]`);
  }

  /** Each frame. The band grows with the effort and shrinks in every pause, like the band itself. */
  show(frame) {
    const { phase, share, step, stepShare, secondsLeft } = frame;
    this.#say({ count: String(secondsLeft) });
    setShare(this.#root.querySelector(".session-band rect"), phase.look === "hold" ? share : 1 - share);
    this.fill(step.exercise, stepShare);
    draw(this.#art, frame);
  }

  /** The exercise's segment in the sitting's progress. The server may have put new ones there: look it up. */
  fill(exercise, share) {
    const segment = this.#root.querySelector(`.session-steps [data-segment="${exercise}"] rect`);
    if (segment) setShare(segment, share);
  }

  pause(paused) {
    this.#root.toggleAttribute("data-paused", paused);
    this.#root.classList.toggle("is-plain", paused);
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
