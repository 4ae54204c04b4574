/** Says a phase's few words in the language of the page, while it is in view: behind a lock phones keep silent. */
const language = document.documentElement.lang;

export function canSpeak() {
  if (!window.speechSynthesis) return false;
  const voices = speechSynthesis.getVoices(); // some browsers tell them only later
  return !voices.length || voices.some(({ lang }) => lang.slice(0, 2) === language.slice(0, 2));
}

/** One at a time: what is still being said is over. `volume` from 0 to 1. */
export function speak(text, volume) {
  if (!canSpeak() || document.visibilityState !== "visible") return;
  const words = new SpeechSynthesisUtterance(text);
  Object.assign(words, { lang: language, volume });
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}

/** Within a tap, once: phones let a page speak from then on. */
export function unlockVoice() {
  speak(" ", 0);
}

export function stopSpeaking() {
  window.speechSynthesis?.cancel();
}
