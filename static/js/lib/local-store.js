/** Values kept in localStorage; where it is missing or denied, for as long as the page lives. */
const inPage = new Map();

export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? inPage.get(key);
  } catch {
    return inPage.get(key);
  }
}

export function keep(key, value) {
  inPage.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private mode, or full: the copy in the page has to do.
  }
}
