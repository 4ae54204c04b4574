/**
 * Says on <html>, before the page is painted, whether this browser can have a passkey here: "used" where one was used on
 * this phone, "able", or the reason why not. It is no module, because those run after the page is painted.
 */
(() => {
  const { host } = document.currentScript.dataset;
  document.documentElement.dataset.passkeys = reasonAgainst() ?? (wasUsed() ? "used" : "able");

  function reasonAgainst() {
    if (!window.isSecureContext) return "http";
    if (/^[\d.]+$|^\[/.test(location.hostname)) return "number";
    if (location.hostname !== host) return "host";
    return window.PublicKeyCredential && navigator.credentials ? null : "browser";
  }

  /** One that did not work here is forgotten. */
  function wasUsed() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith("passkey:"));
      if (!location.search.includes("said=passkey-unknown")) return names.length > 0;
      for (const name of names) localStorage.removeItem(name);
    } catch {
      // Storage is denied: then nothing is remembered.
    }
    return false;
  }
})();
