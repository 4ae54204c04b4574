/**
 * <cue-choices>: the dialog for sounds, voice, vibration and flash. These settings belong to this phone and this
 * user, so they are stored here and not in the account. Dispatches `cues:changed` after a change.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";
import { soundCheck } from "./sound-check.js";

const KEY = `cues:${document.body.dataset.user}`;
const DEFAULTS = { sound: true, room: "loud", voice: true, vibration: true, flash: false, mix: false };

/** {sound, voice, vibration, flash, mix: true or false; room: "loud", "quiet" or "hearing"}. */
export function cueSettings() {
  return { ...DEFAULTS, ...readLocal(KEY) };
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
    for (const [name, value] of Object.entries(cueSettings())) {
      if (name === "room") this.#fields.room.value = value;
      else if (this.#fields[name]) this.#fields[name].checked = value;
    }
    this.#dialog.showModal();
  };

  #onChange = () => {
    const valueOf = (name) => (name === "room" ? this.#fields.room.value : this.#fields[name].checked);
    writeLocal(KEY, Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, valueOf(name)])));
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
