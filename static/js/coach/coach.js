/** All that the user hears and feels of a session, as settings and as far as this phone can; and the clock it goes by. */
import { Stopwatch } from "./stopwatch.js";
import { cueSettings } from "./cue-settings.js";
import { cuesBetween } from "./sound-schedule.js";
import { LiveSounds } from "./live-sounds.js";
import { AudioClock } from "./audio-clock.js";
import { stopSpeaking, speak, unlockVoice } from "./voice.js";

const BUZZES = { hold: [200], release: [80], rest: [80, 60, 80], switch: [200, 80, 200] }; // milliseconds on, off, on

export class Coach {
  clock = new Stopwatch();
  settings = cueSettings();
  #stopwatch = this.clock;
  #audioClock; // one for all: a phone that lets it sound once lets it sound again
  #liveSounds = new LiveSounds();
  #cannotPlay = false; // this browser did not play the track: it is not asked again on this page
  #span; // what is being played

  /** `onStopped`: somebody else stopped the clock. `onNoSound`: no sound, but the session goes on by the stopwatch. */
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

  /** Within a tap. From second `from` of the sheet, after `lead` seconds; `until`: where it is to wait, or the end. */
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

  /** Whether it could; if not, it is to be played anew from there. */
  seek(seconds) {
    this.#liveSounds.seek(seconds);
    return this.clock.seek(seconds);
  }

  finish() {
    this.clock.finish();
    if (this.clock !== this.#audioClock) this.#audioClock.finish();
  }

  /** Each time the clock was looked at. */
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
