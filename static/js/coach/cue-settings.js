/**
 * <cue-choices>: the dialog for sound, voice, vibration, flash and volume. These settings belong to this phone and this
 * user, so they are stored here and not in the account. Dispatches `cues:changed` after a change.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";
import { soundCheck } from "./sound-check.js";

const KEY = `cues:${document.body.dataset.user}`;
const DEFAULTS = { sound: true, voice: true, vibration: true, flash: false, mix: false, volume: 80 };

/** {sound, voice, vibration, flash, mix: true or false; volume: 0 to 1}. */
export function cueSettings() {
  const { volume, ...others } = { ...DEFAULTS, ...readLocal(KEY) };
  return { ...others, volume: volume / 100 };
}

class CueSettings extends HTMLElement {
  #dialog = this.querySelector("dialog");
  #fields = this.querySelector("form").elements;

  connectedCallback() {
    this.addEventListener("change", this.#onChange);
    this.addEventListener("click", this.#onClick);
    document.addEventListener("cues:open", this.#onOpen);
  }

  disconnectedCallback() {
    document.removeEventListener("cues:open", this.#onOpen);
  }

  #onOpen = () => {
    const values = { ...DEFAULTS, ...readLocal(KEY) };
    for (const name of Object.keys(DEFAULTS)) {
      if (name === "volume") this.#fields[name].value = values[name];
      else this.#fields[name].checked = values[name];
    }
    this.#dialog.showModal();
  };

  #onChange = () => {
    const { volume, ...others } = this.#fields;
    const values = Object.keys(DEFAULTS).map((name) => [name, name === "volume" ? Number(volume.value) : others[name].checked]);
    writeLocal(KEY, Object.fromEntries(values));
    document.dispatchEvent(new CustomEvent("cues:changed"));
  };

  #onClick = async ({ target }) => {
    if (target === this.#dialog) this.#dialog.close(); // a tap beside the dialog
    if (!target.closest("[data-check]")) return;
    const list = this.querySelector("[data-found]");
    const found = await soundCheck(list.dataset.words, cueSettings());
    for (const line of list.querySelectorAll("[data-able]")) line.hidden = !found[line.dataset.able];
    for (const line of list.querySelectorAll("[data-unable]")) line.hidden = found[line.dataset.unable];
    list.hidden = false;
  };
}

customElements.define("cue-choices", CueSettings);
