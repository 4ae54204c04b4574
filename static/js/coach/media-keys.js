/**
 * The buttons of the lock screen and of a headset do the same as those of the stage. The browser itself tells
 * the lock screen how far the track is.
 */
import { frame } from "./cue-sheet.js";

const ARTWORK = { sizes: "512x512", type: "image/png" };

export class MediaKeys {
  #session = navigator.mediaSession;
  #words;
  #shown = ""; // what stands on the lock screen

  /**
   * `stage`: its template has the words. `acts`: functions by the names of the stage's buttons, and `seek`. The buttons
   * for a whole exercise are those of the paused screen, so these keys pause first. Where a page has no act for a seek,
   * the browser moves the track itself.
   */
  constructor(stage, { resume: play, pause, back: seekbackward, skip: seekforward, seek, previous, "skip-step": next }) {
    const { leadWord, lockArtist, artwork } = stage.dataset;
    this.#words = { leadWord, lockArtist, artwork };
    const seekto = ({ seekTime, fastSeek }) => fastSeek || seek(seekTime); // fastSeek: a finger is still on the bar
    const [previoustrack, nexttrack] = [previous, next].map((act) => () => (pause(), act()));
    const acts = { play, pause, stop: pause, seekbackward, seekforward, seekto, previoustrack, nexttrack };
    for (const [name, act] of Object.entries(acts)) this.#handle(name, act);
  }

  show({ sheet, t, running, isLead }) {
    if (!this.#session) return;
    const { phase, step } = frame(sheet, t);
    const { leadWord, lockArtist } = this.#words;
    const artist = joined(lockArtist, { exercise: step.name, side: phase.side_text });
    this.#describe(isLead ? leadWord : phase.title, artist);
    this.#session.playbackState = running ? "playing" : "paused";
  }

  clear() {
    if (!this.#session) return;
    this.#shown = "";
    this.#session.metadata = null;
    this.#session.playbackState = "none";
  }

  #describe(title, artist) {
    const shown = JSON.stringify([title, artist]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#session.metadata = new MediaMetadata({ title, artist, artwork: [{ src: this.#words.artwork, ...ARTWORK }] });
  }

  /** Not every browser knows every button. */
  #handle(name, act) {
    try {
      this.#session?.setActionHandler(name, act);
    } catch {
      // This browser does not offer the button.
    }
  }
}

/** Fills the two `facts` into `pattern` by their names. When the second is empty, the first stands alone. */
function joined(pattern, facts) {
  const [first, second] = Object.values(facts);
  return second ? pattern.replace(/{(\w+)}/g, (_, name) => facts[name]) : first;
}
