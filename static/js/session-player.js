/**
 * <session-player>: runs the sitting on the page by a clock. All it shows is a function of the cue sheet and the
 * clock's second, so a late tick catches up. `clock` may be replaced before Start by anything with Clock's members.
 */
import { Clock } from "./clock.js";
import {
  againFrom, backFrom, effortsEnded, endOf, frame, remaining, repsOf, skipFrom, stepAt, stepsEnded,
} from "./cue-sheet.js";
import { isoWithOffset, zone } from "./now.js";
import { claim } from "./one-tab.js";
import { Sender } from "./sender.js";
import { SittingState } from "./sitting-state.js";
import { Stage } from "./stage.js";
import { WakeLock } from "./wake-lock.js";

class SessionPlayer extends HTMLElement {
  clock = new Clock();
  #sheet; // the whole sitting
  #run; // what of it is still to do
  #state;
  #sender;
  #stage;
  #accounted = 0; // second up to which efforts and steps are accounted for
  #trained = 0; // seconds not yet in the state
  #efforts = new Set(); // phases run to their end
  #place = -1; // of the phase on the stage
  #giveUp = null; // gives the sitting free for other tabs; null while none is run here
  #request;
  #timer;

  connectedCallback() {
    this.#sheet = JSON.parse(document.getElementById("cue-sheet").textContent);
    this.#state = new SittingState(this.dataset.user, this.#sheet);
    this.#sender = new Sender(this, this.dataset);
    this.#stage = new Stage(this.querySelector(".session"));
    this.#forgetUncounted();
    this.#listen("addEventListener");
    this.#sender.start();
  }

  disconnectedCallback() {
    this.#halt();
    this.#giveUp?.();
    this.#sender.stop();
    this.#listen("removeEventListener");
  }

  #listen(how) {
    this[how]("click", this.#onClick);
    this[how]("submit", this.#onTickOff);
    this[how]("unsent:changed", this.#onUnsent);
    this[how]("htmx:afterSettle", this.#showTime);
    document[how]("keydown", this.#onKey);
    document[how]("visibilitychange", this.#tick);
    window[how]("pagehide", this.#onLeave);
  }

  // What the user asks for

  #acts = {
    start: () => this.#start(),
    pause: () => this.#pause(),
    resume: () => this.#resume(),
    back: () => this.#jump(backFrom),
    skip: () => this.#jump(skipFrom),
    again: () => this.#again(),
    "skip-step": () => this.#skipStep(),
  };

  #onClick = ({ target, detail }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    this.#acts[act]?.();
    // After a tap the space bar is to pause; whoever came by keyboard (no detail) stays where they are.
    if (detail && (act === "back" || act === "skip")) this.#focus("pause");
  };

  #onKey = (event) => {
    if (event.key !== " " || !this.#giveUp || event.target.closest("button, a")) return;
    event.preventDefault();
    if (this.clock.running) this.#pause();
    else this.#resume();
  };

  /** A set ticked off by hand goes the same way as a timed one: kept first, then sent. */
  #onTickOff = (event) => {
    const { exercise } = event.target.dataset;
    if (!exercise) return;
    event.preventDefault();
    if (!this.#sender.has(this.#state.idOf(exercise))) this.#state.forget(exercise);
    this.#report(exercise, { source: "ticked", completed_at: isoWithOffset(new Date()) });
  };

  /** A page the browser keeps for Back stands still: time away from it is not training. */
  #onLeave = () => {
    if (this.clock.running) this.#pause();
  };

  async #start() {
    const giveUp = this.#giveUp ?? (await claim());
    this.querySelector("[data-elsewhere]").hidden = Boolean(giveUp);
    if (!giveUp || this.#giveUp) return;
    this.#giveUp = giveUp;
    this.#run = this.#whatIsLeft();
    this.#state.begin(isoWithOffset(new Date()));
    this.#seek(0);
    this.#screen("stage");
    this.#resume();
  }

  #pause() {
    this.#catchUp();
    this.#halt();
    this.#save();
    this.#stage.pause(true);
    this.#focus("resume");
  }

  #resume() {
    this.#stage.pause(false);
    this.clock.play();
    this.querySelector("wake-lock").hold();
    this.#focus("pause");
    this.#tick();
  }

  #again() {
    const place = stepAt(this.#run, this.clock.now());
    for (const phase of this.#efforts) if (phase.step === place) this.#efforts.delete(phase);
    this.#seek(againFrom(this.#run, this.clock.now()));
    this.#resume();
  }

  #skipStep() {
    this.#jump((sheet, t) => sheet.steps[stepAt(sheet, t)].end);
    if (this.#giveUp) this.#resume();
  }

  #jump(target) {
    this.#catchUp();
    const t = this.clock.now();
    if (t >= this.#run.seconds) return;
    const place = stepAt(this.#run, t);
    const to = target(this.#run, t);
    if (to === this.#run.steps[place].end) this.#stepEnded(place, t);
    this.#seek(to);
    this.#show();
  }

  // The clock

  #tick = () => {
    if (!this.clock.running) return;
    this.#catchUp();
    this.#show();
    if (this.clock.running) this.#schedule();
  };

  /** Frames while the page is in view; a timer for the next boundary, because a hidden page gets no frames. */
  #schedule() {
    this.#unschedule();
    const phase = this.#run.phases[this.#place];
    this.#request = requestAnimationFrame(this.#tick);
    this.#timer = setTimeout(this.#tick, Math.max(0, endOf(phase) - this.clock.now()) * 1000);
  }

  #unschedule() {
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#timer);
  }

  #seek(t) {
    this.clock.seek(t);
    this.#accounted = t;
    this.#place = -1;
  }

  #halt() {
    this.#unschedule();
    this.clock.pause();
    this.querySelector("wake-lock").release();
  }

  /** Account for all that ended since the last look, however long ago that was. */
  #catchUp() {
    const t = this.clock.now();
    for (const phase of effortsEnded(this.#run, this.#accounted, t)) this.#efforts.add(phase);
    for (const place of stepsEnded(this.#run, this.#accounted, t)) this.#stepEnded(place, this.#run.steps[place].end);
    this.#trained += Math.min(t, this.#run.seconds) - this.#accounted;
    this.#accounted = t;
  }

  #show() {
    const now = frame(this.#run, this.clock.now());
    if (now.done) return this.#finish();
    if (now.index !== this.#place) this.#turn(now);
    this.#stage.show(now);
  }

  #turn(now) {
    this.#place = now.index;
    this.#stage.turn(now);
    const { word, cue } = now.phase;
    this.querySelector("[data-live]").textContent = cue.startsWith(word) ? cue : `${word}. ${cue}`;
  }

  #finish() {
    const finishedAt = this.#wallTime(this.#run.seconds);
    this.#halt();
    this.#save();
    this.#giveUp();
    this.#giveUp = null;
    this.#reportSession(finishedAt);
    this.#showTime();
    // What the server says of the last sets comes in a moment, and replaces this.
    this.querySelector("[data-left]")?.toggleAttribute("hidden", this.#sheet.steps.every(this.#isDone));
    this.#screen("done");
    this.#focus("done");
  }

  // What is reported

  #isDone = ({ exercise, done }) => done || this.#state.isSent(exercise);

  /** The steps not done; when all are, the whole sitting once more, as another one. */
  #whatIsLeft() {
    const left = remaining(this.#sheet, this.#isDone);
    if (left.steps.length) return left;
    this.#state.restart();
    return this.#sheet;
  }

  /** A set that arrived and yet is not done was taken back or stopped early: it may be done anew. */
  #forgetUncounted() {
    for (const { exercise, done } of this.#sheet.steps) {
      const sent = this.#state.isSent(exercise) && !this.#sender.has(this.#state.idOf(exercise));
      if (sent && !done) this.#state.forget(exercise);
    }
  }

  #stepEnded(place, t) {
    const reps = [...this.#efforts].filter((phase) => phase.step === place).length;
    const { exercise } = this.#run.steps[place];
    this.#stage.fill(exercise, reps / repsOf(this.#run, place));
    if (reps) this.#report(exercise, { source: "timed", reps, completed_at: this.#wallTime(t) });
    this.#save();
  }

  #report(exercise, fields) {
    if (this.#state.isSent(exercise)) return;
    const { session } = this.#state;
    const { slot } = this.#sheet;
    const id = this.#state.idOf(exercise);
    this.#state.markSent(exercise);
    this.#sender.add({ kind: "set", id, exercise, slot, session, timezone: zone(), ...fields });
  }

  #reportSession(finishedAt) {
    const { session, startedAt, isFinished } = this.#state;
    if (isFinished || !this.#sheet.steps.some(({ exercise }) => this.#state.isSent(exercise))) return;
    this.#state.finish();
    const times = { started_at: startedAt, finished_at: finishedAt };
    this.#sender.add({ kind: "session", id: session, slot: this.#sheet.slot, timezone: zone(), ...times });
  }

  /** When the clock stood at t, while it has been running since. */
  #wallTime(t) {
    return isoWithOffset(new Date(Date.now() - (this.clock.now() - t) * 1000));
  }

  #save() {
    this.#state.add(this.#trained);
    this.#trained = 0;
  }

  // What else is on the page

  #screen(name) {
    for (const screen of this.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
    window.scrollTo(0, 0);
  }

  #focus(name) {
    this.querySelector(`[data-focus="${name}"]`)?.focus();
  }

  #showTime = () => {
    const seconds = Math.round(this.#state.seconds);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    for (const element of this.querySelectorAll("[data-time]")) if (seconds) element.textContent = text;
  };

  #onUnsent = ({ detail: { waiting, refused } }) => {
    for (const notice of this.querySelectorAll("[data-waiting]")) notice.hidden = !waiting;
    for (const notice of this.querySelectorAll("[data-refused]")) notice.hidden &&= !refused;
  };
}

customElements.define("wake-lock", WakeLock);
customElements.define("session-player", SessionPlayer);
