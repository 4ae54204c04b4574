/**
 * Sends what is unsent, one event after the other: a swap replaces all forms of the region, so a request that waited
 * in a queue on one of them would be lost. A set goes through its exercise's form, so that the region comes back;
 * what has no form on this page goes through the JSON door. Says on `root` how it stands: `unsent:changed`.
 */
import { report, whoAmI } from "./sync.js";
import { Unsent } from "./unsent.js";

const RETRY_AFTER = [2, 5, 15, 30]; // seconds; then when the phone is online or in view again
const NO_ANSWER = 12; // seconds, more than htmx waits itself
const WORTH_A_RETRY = new Set([401, 403, 408, 425, 429]); // all other 4xx refuse the event for good

export class Sender {
  #root;
  #user;
  #url;
  #unsent;
  #busy = null;
  #failures = 0;
  #timer;

  constructor(root, { user, syncUrl }) {
    this.#root = root;
    this.#user = user;
    this.#url = syncUrl;
    this.#unsent = new Unsent(user);
  }

  start() {
    this.#root.addEventListener("htmx:afterRequest", this.#onAnswer);
    this.#root.addEventListener("htmx:beforeOnLoad", this.#stayOnStage);
    this.#root.addEventListener("htmx:beforeSwap", this.#tryQuietly);
    for (const [target, type] of this.#occasions()) target.addEventListener(type, this.send);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#root.removeEventListener("htmx:afterRequest", this.#onAnswer);
    this.#root.removeEventListener("htmx:beforeOnLoad", this.#stayOnStage);
    this.#root.removeEventListener("htmx:beforeSwap", this.#tryQuietly);
    for (const [target, type] of this.#occasions()) target.removeEventListener(type, this.send);
  }

  add(event) {
    this.#unsent.add(event);
    this.send();
  }

  has(id) {
    return this.#unsent.has(id);
  }

  send = () => {
    const event = this.#unsent.first();
    if (this.#busy || !event) return;
    this.#busy = event;
    const form = this.#formOf(event);
    if (form) this.#post(form, event);
    else this.#report(event);
  };

  /** The first is pageshow: before it, htmx does not know the forms yet. */
  #occasions() {
    return [[window, "pageshow"], [window, "online"], [document, "visibilitychange"]];
  }

  #formOf({ kind, slot, exercise }) {
    const forms = kind === "set" ? [...this.#root.querySelectorAll("form[data-exercise]")] : [];
    return forms.find(({ dataset }) => dataset.exercise === exercise && dataset.slot === slot);
  }

  #post(form, { kind, ...fields }) {
    this.#wait(NO_ANSWER, () => this.#failed());
    form.dispatchEvent(new CustomEvent("set:done", { detail: fields }));
  }

  async #report(event) {
    try {
      const result = await report(this.#url, this.#user, event);
      if (!result) throw new Error("no answer for this event");
      this.#settled(event, result === "rejected");
    } catch {
      this.#failed();
    }
  }

  #onAnswer = (event) => {
    const { requestConfig, successful, xhr } = event.detail;
    if (requestConfig.parameters.id !== this.#busy?.id) return;
    event.stopPropagation(); // the page's own "not saved, try again" is for what nobody sends again
    // A portal that answers 200 to everything confirms nothing: only our own region does.
    if (successful && xhr.responseText.includes('id="steps"')) this.#settled(this.#busy, false);
    else if (xhr.status >= 400 && xhr.status < 500 && !WORTH_A_RETRY.has(xhr.status)) this.#settled(this.#busy, true);
    else this.#failed(xhr.status);
  };

  /** An expired log-in would open its page in the middle of a sitting: the timer goes on, the sets are kept. */
  #stayOnStage = (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status === 401 && requestConfig.parameters.source === "timed") event.preventDefault();
  };

  /** The words of a refusal are worth reading, those of an answer that is tried again are not. */
  #tryQuietly = ({ detail }) => {
    if (WORTH_A_RETRY.has(detail.xhr.status)) detail.shouldSwap = false;
  };

  #settled(event, refused) {
    this.#busy = null;
    this.#failures = 0;
    clearTimeout(this.#timer);
    this.#unsent.remove(event.id);
    this.#tell({ waiting: false, refused: refused && event.kind === "set" });
    this.send();
  }

  async #failed(status) {
    if (!this.#busy) return;
    if (status === 403) await this.#freshToken();
    this.#busy = null;
    this.#tell({ waiting: true, refused: false });
    const delay = RETRY_AFTER[this.#failures++];
    if (delay) this.#wait(delay, this.send);
  }

  async #freshToken() {
    const me = await whoAmI(this.#url).catch(() => null);
    if (!me) return;
    for (const field of this.#root.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = me.csrf;
  }

  #wait(seconds, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, seconds * 1000);
  }

  #tell(detail) {
    this.#root.dispatchEvent(new CustomEvent("unsent:changed", { detail }));
  }
}
