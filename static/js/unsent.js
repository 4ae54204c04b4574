/** What this user's phone has to report and the server has not confirmed, in the order it happened; survives a reload. */
import { keep, kept } from "./kept.js";

export class Unsent {
  #key;

  constructor(user) {
    this.#key = `unsent:${user}`;
  }

  all() {
    return kept(this.#key) ?? [];
  }

  first() {
    return this.all()[0];
  }

  has(id) {
    return this.all().some((event) => event.id === id);
  }

  add(event) {
    if (!this.has(event.id)) keep(this.#key, [...this.all(), event]);
  }

  remove(id) {
    keep(this.#key, this.all().filter((event) => event.id !== id));
  }
}
