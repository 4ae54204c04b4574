/** The buttons of the lock screen and of a headset do the same as the buttons on the stage. */
export class MediaKeys {
  #session = navigator.mediaSession;

  /** `acts`: functions by the browser's names, as in {play, pause, nexttrack, previoustrack}. */
  constructor(acts) {
    for (const [name, act] of Object.entries(acts)) this.#handle(name, act);
  }

  /** `title` stands on the lock screen; times in seconds. */
  show({ title, running, position, seconds }) {
    if (!this.#session) return;
    this.#session.metadata = new MediaMetadata({ title, artist: "Footcare" });
    this.#session.playbackState = running ? "playing" : "paused";
    this.#session.setPositionState?.({ duration: seconds, position: Math.min(position, seconds), playbackRate: 1 });
  }

  clear() {
    if (!this.#session) return;
    this.#session.metadata = null;
    this.#session.playbackState = "none";
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
