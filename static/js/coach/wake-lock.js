/**
 * <wake-lock hidden>One line</wake-lock>: keeps the screen on between hold() and release(). The browser drops the lock
 * when the page is hidden, so the element asks again. Its line shows where plain http allows no lock. When the
 * phone refuses the lock, the stage says so.
 */
class WakeLock extends HTMLElement {
  #wanted = false;
  #lock = null;

  connectedCallback() {
    this.hidden = "wakeLock" in navigator || window.isSecureContext;
    document.addEventListener("visibilitychange", this.#ask);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#ask);
    this.release();
  }

  hold() {
    this.#wanted = true;
    this.#ask();
  }

  release() {
    this.#wanted = false;
    this.#lock?.release();
    this.#lock = null;
  }

  #ask = async () => {
    if (!this.#wanted || document.hidden || !("wakeLock" in navigator)) return;
    if (this.#lock && !this.#lock.released) return;
    const lock = await navigator.wakeLock.request("screen").catch(() => null);
    this.closest("session-player").querySelector("[data-dims]").hidden = Boolean(lock);
    if (this.#wanted) this.#lock = lock;
    else lock?.release();
  };
}

customElements.define("wake-lock", WakeLock);
