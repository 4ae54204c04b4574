/**
 * Everything that the user hears and feels in a session, by the settings and the abilities of this phone. It also
 * chooses the clock.
 */
import { AudioClock } from "./audio-clock.js";
import { Track } from "./audio-track.js";
import { cueSettings } from "./cue-settings.js";
import { textOf } from "./cue-sheet.js";
import { LiveSounds } from "./live-sounds.js";
import { cuesBetween } from "./sound-schedule.js";
import { Sounds } from "./sounds.js";
import { Stopwatch } from "./stopwatch.js";
import { canSpeak, speak, stopSpeaking, unlockVoice } from "./voice.js";
import { voiceClips } from "./voice-clips.js";

const BUZZES = { hold: [200], release: [80], rest: [80, 60, 80], switch: [200, 80, 200] }; // milliseconds on, off, on

export class Coach {
  clock = new Stopwatch();
  settings = cueSettings();
  #stopwatch = this.clock;
  #audioClock; // one for the whole page: a phone that once lets it sound lets it sound again
  #liveSounds = new LiveSounds();
  #cannotPlay = false; // this browser did not play the track, so this page does not try again
  #span; // the stretch that is being played
  #sounds;
  #soundsOf = ""; // the choices and the clips that #sounds and #track are made of
  #track = null; // of the session under way
  #voice = null;

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
   * Makes all sounds before the tap on Start needs them. `voice`: {file, clips} of the page's language, or null; fetched
   * once somebody wants to hear it. While the track plays, its sounds stay as they are.
   */
  async prepare(voice = this.#voice) {
    this.#voice = voice;
    if (cueSettings().voice) await voiceClips.load(voice);
    if (this.clock.running) return;
    this.#choose();
    this.#sounds.make();
  }

  /**
   * Call it within a tap. Plays from second `from` of the sheet, after `lead` seconds; `until`: where to wait, or the
   * end.
   */
  play(sheet, span) {
    this.clock.pause();
    this.#choose();
    const { mix, voice } = this.settings;
    this.#span = span;
    this.#liveSounds.begin(mix ? cuesBetween(sheet, span, this.#sounds) : [], this.#sounds);
    const isTrack = !mix && !this.#cannotPlay && !this.#sounds.isSilent;
    this.clock = isTrack ? this.#audioClock : this.#stopwatch;
    if (voice && !this.#speaksInClips) unlockVoice();
    this.clock.play(sheet, isTrack ? { ...span, ...this.#played(sheet, span) } : span);
  }

  /** The choices may have changed since, and the clips may have come. */
  #choose() {
    this.settings = cueSettings();
    const soundsOf = JSON.stringify([this.settings, voiceClips.speaks]);
    if (soundsOf === this.#soundsOf) return;
    this.#soundsOf = soundsOf;
    this.#sounds = new Sounds(this.settings, voiceClips);
    this.#track = null;
  }

  /** {wav, tail: seconds after the end of the session}. */
  #played(sheet, span) {
    this.#track ??= new Track(sheet, this.#sounds);
    this.#track.follow(sheet);
    return { wav: this.#track.wav(span), tail: this.#track.tail };
  }

  pause() {
    this.clock.pause();
    this.#liveSounds.stop();
    stopSpeaking();
  }

  /** Returns whether it could; if not, play it again from there. */
  seek(seconds) {
    if (seconds < this.#span.from) return false; // no sounds were chosen for what is before
    this.#liveSounds.seek(seconds);
    return this.clock.seek(seconds);
  }

  finish() {
    this.#track = null;
    this.clock.finish();
    if (this.clock !== this.#audioClock) this.#audioClock.finish();
  }

  /** Call it at each look at the clock. */
  tick() {
    this.#liveSounds.tick(this.clock.now());
  }

  /** Seconds to the next sound that a look at the clock plays. */
  get untilSound() {
    return this.#liveSounds.after(this.clock.now());
  }

  /**
   * A phase begins, or the time to get ready for it. Without clips, the browser's own voice says the phrases that belong
   * to its start.
   */
  enter(look, say) {
    const words = textOf(say.filter(({ left }) => !left));
    if (words && this.settings.voice && !this.#speaksInClips) speak(words, this.#sounds.volume);
    if (this.settings.vibration) navigator.vibrate?.(BUZZES[look]);
  }

  /** The text for a screen reader: empty where the coach speaks, or two voices would speak at once. */
  unspoken(text) {
    return this.settings.voice && (this.#speaksInClips || canSpeak()) ? "" : text;
  }

  get #speaksInClips() {
    return this.#sounds.speaks && (this.settings.mix || this.clock === this.#audioClock);
  }

  #switchToStopwatch() {
    const t = this.#audioClock.now();
    this.clock = this.#stopwatch;
    this.clock.play(null, { ...this.#span, from: t, lead: 0 });
  }
}
