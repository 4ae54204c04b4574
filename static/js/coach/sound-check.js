/** A check of one second that tells which cues this phone can give. */
import { render, wav } from "./audio-track.js";
import { canSpeak, speak } from "./voice.js";

const RATE = 11_025;
const CUES = [{ at: 0, earcon: "ready" }, { at: 0.35, earcon: "set-done" }];

/** Begins within the tap and speaks the words. {sound, voice, vibration, screen, dark}: whether this phone can. */
export async function soundCheck(words, { sound: isWanted, volume, mix }) {
  const audio = new Audio(URL.createObjectURL(wav(render(CUES, 1, RATE, volume), RATE)));
  const playing = audio.play().then(() => true, () => false);
  speak(words, volume);
  const vibration = Boolean(navigator.vibrate?.(200));
  const sound = await playing;
  audio.addEventListener("ended", () => URL.revokeObjectURL(audio.src), { once: true });
  const dark = sound && isWanted && !mix && !isInstalledOnApple();
  return { sound, voice: canSpeak(), vibration, screen: "wakeLock" in navigator, dark };
}

/** An installed page on an iPhone sleeps with the screen. */
function isInstalledOnApple() {
  return navigator.standalone === true;
}
