/** Values in localStorage. Where it is missing or denied, they last as long as the page. */
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
    // Private mode, or a full disk: the copy in the page is used.
  }
}
