/** A check of a few seconds that tells which cues this phone can give. */
import { render, wav } from "./audio-track.js";
import { Sounds } from "./sounds.js";
import { canSpeak, speak } from "./voice.js";
import { voiceClips } from "./voice-clips.js";

const TONES = [{ at: 0, earcon: "ready" }, { at: 0.35, earcon: "set-done" }];
const WORDS_AT = 1; // second

/** Begins within the tap and speaks the words. {sound, voice, vibration, screen, dark}: whether this phone can. */
export async function soundCheck(text, settings) {
  const sounds = new Sounds({ ...settings, sound: true, voice: true }, voiceClips);
  const words = { at: WORDS_AT, text };
  const samples = render([...TONES, words], 0, WORDS_AT + sounds.seconds(words), sounds);
  const audio = new Audio(URL.createObjectURL(wav([samples])));
  const playing = audio.play().then(() => true, () => false);
  if (!sounds.speaks) speak(text, sounds.volume);
  const vibration = Boolean(navigator.vibrate?.(200));
  const sound = await playing;
  audio.addEventListener("ended", () => URL.revokeObjectURL(audio.src), { once: true });
  const dark = sound && !settings.mix && !new Sounds(settings, voiceClips).isSilent && !isInstalledOnApple();
  const voice = sounds.speaks ? sound : canSpeak();
  return { sound, voice, vibration, screen: "wakeLock" in navigator, dark };
}

/** An installed page on an iPhone sleeps with the screen. */
function isInstalledOnApple() {
  return navigator.standalone === true;
}
