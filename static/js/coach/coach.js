/** All that the user hears and feels of a session, as chosen and as far as this phone can; and the clock it goes by. */
import { Clock } from "./stopwatch.js";
import { choices } from "./cue-settings.js";
import { cuesBetween } from "./sound-schedule.js";
import { ShortCues } from "./live-sounds.js";
import { TrackClock } from "./audio-clock.js";
import { hush, speak, unlockVoice } from "./voice.js";

const BUZZES = { hold: [200], release: [80], rest: [80, 60, 80], switch: [200, 80, 200] }; // milliseconds on, off, on

export class Coach {
  clock = new Clock();
  chosen = choices();
  #stopwatch = this.clock;
  #track; // one for all: a phone that lets it sound once lets it sound again
  #short = new ShortCues();
  #refused = false; // this browser did not play the track: it is not asked again on this page
  #span; // what is being played

  /** `onStopped`: somebody else stopped the clock. `onRefused`: no sound, but the session goes on by the stopwatch. */
  constructor({ onStopped, onRefused }) {
    this.#track = new TrackClock({
      onStopped,
      onRefused: () => {
        this.#refused = true;
        this.#goOnByStopwatch();
        onRefused();
      },
    });
  }

  /** Within a tap. From second `from` of the sheet, after `lead` seconds; `until`: where it is to wait, or the end. */
  play(sheet, span) {
    this.clock.pause();
    this.chosen = choices();
    const { sound, mix, voice, volume } = this.chosen;
    this.#span = { ...span, volume };
    if (voice) unlockVoice();
    this.#short.begin(sound && mix ? cuesBetween(sheet, span) : [], volume);
    this.clock = sound && !mix && !this.#refused ? this.#track : this.#stopwatch;
    this.clock.play(sheet, this.#span);
  }

  pause() {
    this.clock.pause();
    hush();
  }

  /** Whether it could; if not, it is to be played anew from there. */
  seek(seconds) {
    this.#short.seek(seconds);
    return this.clock.seek(seconds);
  }

  finish() {
    this.clock.finish();
    if (this.clock !== this.#track) this.#track.finish();
  }

  /** Each time the clock was looked at. */
  tick() {
    this.#short.tick(this.clock.now());
  }

  /** A phase begins, or the time to get ready for it. */
  turn(look, words) {
    if (this.chosen.voice) speak(words, this.chosen.volume);
    if (this.chosen.vibration) navigator.vibrate?.(BUZZES[look]);
  }

  #goOnByStopwatch() {
    const t = this.#track.now();
    this.clock = this.#stopwatch;
    this.clock.play(null, { ...this.#span, from: t, lead: 0 });
  }
}
