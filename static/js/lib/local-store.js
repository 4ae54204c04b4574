/** Values kept in localStorage; where it is missing or denied, for as long as the page lives. */
const copies = new Map();

export function readLocal(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? copies.get(key);
  } catch {
    return copies.get(key);
  }
}

export function writeLocal(key, value) {
  copies.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private mode, or full: the copy in the page has to do.
  }
}
