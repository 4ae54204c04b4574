/** Speaks a phase's words in the language of the page while it is visible: phones keep a locked page silent. */
const language = document.documentElement.lang;

export function canSpeak() {
  if (!window.speechSynthesis) return false;
  const voices = speechSynthesis.getVoices(); // some browsers list them later
  return !voices.length || voices.some(({ lang }) => lang.slice(0, 2) === language.slice(0, 2));
}

/** Speaks one text at a time and stops the one before. `volume` from 0 to 1. */
export function speak(text, volume) {
  if (!canSpeak() || document.visibilityState !== "visible") return;
  const words = new SpeechSynthesisUtterance(text);
  Object.assign(words, { lang: language, volume });
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}

/** Call it once within a tap: from then on phones let the page speak. */
export function unlockVoice() {
  speak(" ", 0);
}

export function stopSpeaking() {
  window.speechSynthesis?.cancel();
}
