/**
 * Everything that the user hears and feels in a session, by the settings and the abilities of this phone. It also
 * chooses the clock.
 */
import { AudioClock } from "./audio-clock.js";
import { cueSettings } from "./cue-settings.js";
import { LiveSounds } from "./live-sounds.js";
import { cuesBetween } from "./sound-schedule.js";
import { Stopwatch } from "./stopwatch.js";
import { speak, stopSpeaking, unlockVoice } from "./voice.js";

const BUZZES = { hold: [200], release: [80], rest: [80, 60, 80], switch: [200, 80, 200] }; // milliseconds on, off, on

export class Coach {
  clock = new Stopwatch();
  settings = cueSettings();
  #stopwatch = this.clock;
  #audioClock; // one for the whole page: a phone that once lets it sound lets it sound again
  #liveSounds = new LiveSounds();
  #cannotPlay = false; // this browser did not play the track, so this page does not try again
  #span; // the stretch that is being played

  /** `onStopped`: something else stopped the clock. `onNoSound`: there is no sound, and the stopwatch takes over. */
  constructor({ onStopped, onNoSound }) {
    this.#audioClock = new AudioClock({
      onStopped,
      onNoSound: () => {
        this.#cannotPlay = true;
        this.#switchToStopwatch();
        onNoSound();
      },
    });
  }

  /**
   * Call it within a tap. Plays from second `from` of the sheet, after `lead` seconds; `until`: where to wait, or the
   * end.
   */
  play(sheet, span) {
    this.clock.pause();
    this.settings = cueSettings();
    const { sound, mix, voice, volume } = this.settings;
    this.#span = { ...span, volume };
    if (voice) unlockVoice();
    this.#liveSounds.begin(sound && mix ? cuesBetween(sheet, span) : [], volume);
    this.clock = sound && !mix && !this.#cannotPlay ? this.#audioClock : this.#stopwatch;
    this.clock.play(sheet, this.#span);
  }

  pause() {
    this.clock.pause();
    stopSpeaking();
  }

  /** Returns whether it could; if not, play it again from there. */
  seek(seconds) {
    this.#liveSounds.seek(seconds);
    return this.clock.seek(seconds);
  }

  finish() {
    this.clock.finish();
    if (this.clock !== this.#audioClock) this.#audioClock.finish();
  }

  /** Call it at each look at the clock. */
  tick() {
    this.#liveSounds.tick(this.clock.now());
  }

  /** A phase begins, or the time to get ready for it. */
  enter(look, words) {
    if (this.settings.voice) speak(words, this.settings.volume);
    if (this.settings.vibration) navigator.vibrate?.(BUZZES[look]);
  }

  #switchToStopwatch() {
    const t = this.#audioClock.now();
    this.clock = this.#stopwatch;
    this.clock.play(null, { ...this.#span, from: t, lead: 0 });
  }
}
