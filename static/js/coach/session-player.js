/**
 * <session-player>: the guided session on the page. Everything it shows is a function of the cue sheet and of the
 * second on its coach's clock, so a late look catches up.
 */
import { Coach } from "./coach.js";
import { backFrom, frame, skipFrom, textOf } from "./cue-sheet.js";
import { MediaKeys } from "./media-keys.js";
import { Playback } from "./playback.js";
import { focusOn, showScreen, tell } from "./screens.js";
import { SessionReport } from "./session-report.js";
import { acquireSession } from "./single-tab-lock.js";
import { Stage } from "./stage.js";
import { Ticker } from "./ticker.js";
import "./wake-lock.js";

const LEAD = 3; // seconds to get ready after a pause

class SessionPlayer extends HTMLElement {
  #coach = new Coach({ onStopped: () => this.#pause("stopped"), onNoSound: () => this.#continueMuted() });
  #report;
  #stage;
  #keys;
  #playback = null; // the session being played
  #shown; // index of the phase on the stage; -1 while getting ready for it
  #release = null; // releases the session for other tabs; null while none runs here
  #ticker = new Ticker(() => this.#tick());

  connectedCallback() {
    const sheet = JSON.parse(document.getElementById("cue-sheet").textContent);
    this.#report = new SessionReport(this, sheet, () => this.#turn());
    this.#coach.prepare(sheet.voice);
    this.#stage = new Stage(this.querySelector(".session"));
    this.#listen("addEventListener");
  }

  disconnectedCallback() {
    this.#leave();
    this.#release?.();
    this.#report.close();
    this.#listen("removeEventListener");
  }

  #listen(how) {
    this[how]("click", this.#onClick);
    document[how]("keydown", this.#onKey);
    document[how]("cues:changed", this.#onCues);
    document[how]("visibilitychange", this.#onView);
    window[how]("pagehide", this.#onLeave);
  }

  #acts = {
    start: () => this.#start(),
    pause: () => this.#pause(),
    resume: () => this.#resume(),
    back: () => this.#jump(backFrom),
    skip: () => this.#jump(skipFrom),
    seek: (trackTime) => this.#jump(trackTime < this.#coach.clock.trackTime ? backFrom : skipFrom),
    longer: () => this.#longer(),
    again: () => this.#again(this.#playback.place),
    previous: () => this.#again(this.#playback.placeBefore),
    "skip-step": () => this.#leaveStep(),
    "by-hand": () => this.#byHand(),
    stop: () => this.#stop(),
    cues: () => this.#openCues(),
  };

  #onClick = ({ target, detail }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    this.#acts[act]?.();
    // After a tap the space bar pauses. A press by keyboard (no detail) keeps its focus.
    if (detail && ["back", "skip", "longer"].includes(act)) focusOn(this, "pause");
  };

  #onKey = (event) => {
    if (event.key !== " " || !this.#release || event.target.closest("button, a, dialog")) return;
    event.preventDefault();
    if (this.#playback.running) this.#pause();
    else this.#resume();
  };

  /** A page in the browser's Back cache stands still: time away from it is not training. */
  #onLeave = () => {
    if (this.#playback?.running) this.#pause();
  };

  /** Without an audible track nobody can follow behind a locked screen: time in the dark is not training. */
  #onView = () => {
    const dark = document.visibilityState === "hidden" && !this.#coach.clock.runsDark;
    if (dark && this.#playback?.running) this.#pause("dark");
    else this.#tick();
  };

  #onCues = () => {
    this.#coach.prepare();
    if (this.#playback?.running && !this.#playback.isOver) this.#playback.play(this.#playback.t);
  };

  #openCues() {
    if (this.#playback?.running) this.#pause();
    document.dispatchEvent(new CustomEvent("cues:open"));
  }

  /** The sound begins within the tap, before we know whether another tab runs the session. */
  async #start() {
    if (this.#release || this.#playback?.running) return; // the second half of a double tap
    this.#playback = new Playback(this.#coach, this.#report.runOfLeft());
    this.#playback.play(this.#playback.t, LEAD);
    const release = await acquireSession();
    this.querySelector("[data-elsewhere]").hidden = Boolean(release);
    if (!release) return this.#leave();
    this.#release = release;
    this.#report.begin();
    this.#keys ??= new MediaKeys(this.querySelector(".session"), this.#acts);
    showScreen(this, "stage");
    this.#onStage();
  }

  /** The phone's store was read after the tap on Start, and something else is left to do. */
  #turn() {
    if (!this.#playback?.turnTo(this.#report.runOfLeft(), LEAD) || !this.#release) return;
    this.#report.begin();
    if (this.#playback.running) this.#onStage();
    else this.#stage.enter(frame(this.#playback.sheet, this.#playback.t));
  }

  /** `why`: "asked", "dark" when the screen went off, "stopped" when something else took the sound. */
  #pause(why = "asked") {
    if (!this.#release) return;
    this.#catchUp();
    if (this.#playback.isOver) return this.#finish(this.#playback.t);
    this.#halt();
    this.#stage.pause(why);
    focusOn(this, "resume");
  }

  #continueMuted() {
    this.#stage.mute();
    this.#onView(); // without sound behind a locked screen, nobody can follow
  }

  #resume() {
    if (!this.#release || this.#playback.running) return;
    this.#playback.play(this.#playback.t, LEAD);
    this.#onStage();
  }

  #onStage() {
    this.#shown = null;
    this.#stage.pause(null);
    this.querySelector("wake-lock").hold();
    focusOn(this, "pause");
    this.#tick();
  }

  #again(place) {
    this.#playback.again(place);
    this.#resume();
  }

  #leaveStep() {
    if (!this.#release) return;
    const { place, run, sheet, t } = this.#playback;
    this.#stepEnded(place, t);
    run.goTo(sheet.steps[place].end);
    if (this.#playback.isOver) this.#finish(t);
    else this.#resume();
  }

  /** The step is done, but not by the timer. */
  #byHand() {
    const { place, run, sheet } = this.#playback;
    run.forget(place);
    this.#report.byHand(this.#playback, place);
    this.#leaveStep();
    this.#stage.fill(sheet.steps[place].exercise, 1);
  }

  #stop() {
    const { place, t } = this.#playback;
    this.#stepEnded(place, t);
    this.#finish(t);
  }

  /** While the stage waits for a tap, each of these buttons is that tap. */
  #jump(target) {
    if (!this.#playback?.running) return this.#resume();
    this.#catchUp();
    const { place, sheet, t } = this.#playback;
    if (this.#playback.isOver) return;
    const to = target(sheet, t);
    if (to === sheet.steps[place].end) this.#stepEnded(place, t);
    if (to === sheet.seconds) return this.#finish(t);
    this.#playback.jump(to);
    this.#shown = null;
    this.#tick();
  }

  #longer() {
    this.#catchUp();
    if (this.#playback.running && !this.#playback.isOver) this.#playback.lengthen();
    this.#tick();
  }

  #tick() {
    if (!this.#release || !this.#playback.running) return;
    this.#catchUp();
    this.querySelector("[data-act=longer]").hidden = !this.#playback.canLengthen;
    this.#coach.tick();
    this.#show();
    if (this.#playback.running) this.#ticker.next(this.#playback.secondsLeft(this.#shown), this.#coach.untilSound);
  }

  #halt() {
    this.#ticker.stop();
    this.#playback.halt();
    this.querySelector("wake-lock").release();
    this.#report.save(this.#playback);
    this.#keys.show(this.#playback);
  }

  #leave() {
    this.#ticker.stop();
    this.#playback?.finish();
    this.querySelector("wake-lock").release();
  }

  /** Counts everything that ended since the last look, however long ago. */
  #catchUp() {
    this.#playback.account(({ steps, efforts }) => {
      for (const place of steps) this.#stepEnded(place, this.#playback.sheet.steps[place].end);
      if (efforts && !this.#playback.isOver) this.#report.underWay(this.#playback);
    });
  }

  #show() {
    const { clock, run, sheet, until } = this.#playback;
    if (clock < run.from) return this.#showLead(run.from - clock);
    if (clock >= until && until < sheet.seconds) return this.#wait();
    const now = frame(sheet, clock);
    if (now.done) {
      const { say } = sheet.steps.at(-1);
      this.#coach.enter("rest", say);
      this.#finish(sheet.seconds);
      return tell(this, this.#coach.unspoken(textOf(say)));
    }
    if (now.index !== this.#shown) this.#enter(now);
    this.#stage.show(now);
  }

  /** Shows the time to get ready before a phase that was left in the middle. */
  #showLead(left) {
    if (this.#shown !== -1) {
      const text = this.#stage.lead(frame(this.#playback.sheet, this.#playback.t));
      this.#announce("rest", [{ text }], text);
    }
    this.#shown = -1;
    this.#stage.count(Math.ceil(left));
  }

  #enter(now) {
    const { look, say, live } = now.phase;
    const before = this.#shown === now.index - 1 && now.setDone ? `${now.setDone.text} ` : ""; // it was played to its end
    this.#shown = now.index;
    this.#stage.enter(now);
    this.#announce(look, say, before + live);
  }

  #announce(look, say, live) {
    this.#coach.enter(look, say);
    if (this.#coach.settings.flash) this.#stage.flash();
    this.#keys.show(this.#playback);
    tell(this, this.#coach.unspoken(live));
  }

  /** A change of position that ends with a tap. */
  #wait() {
    this.#halt();
    this.#playback.run.goTo(this.#playback.until);
    this.#stage.wait();
    focusOn(this, "go");
  }

  #finish(t) {
    this.#leave();
    this.#keys.clear();
    this.#release();
    this.#release = null;
    this.#report.finish(this.#playback, t);
    // The server's answer to the last sets comes in a moment and replaces this.
    this.querySelector("[data-left]")?.toggleAttribute("hidden", this.#report.allDone);
    showScreen(this, "done");
    focusOn(this, "done", { preventScroll: true });
  }

  #stepEnded(place, t) {
    this.#stage.fill(...this.#report.ended(this.#playback, place, t));
  }
}

customElements.define("session-player", SessionPlayer);
