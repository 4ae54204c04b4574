/** A second tap within a second is the second half of a double tap. */
const DOUBLE_TAP = 1000; // milliseconds
const lastTaps = new Map();

/** Whether the last noted tap on `key` is less than a second ago. */
export function wasJustTapped(key) {
  return performance.now() - (lastTaps.get(key) ?? -DOUBLE_TAP) < DOUBLE_TAP;
}

export function noteTap(key) {
  lastTaps.set(key, performance.now());
}

/** Notes a tap on `key`; true for the second half of a double tap. */
export function isSecondTap(key) {
  const isSecond = wasJustTapped(key);
  noteTap(key);
  return isSecond;
}

/** `data-once`: a form that opens another page, and that does something else when it is sent twice. */
document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if ("once" in form.dataset && isSecondTap(form.getAttribute("action"))) event.preventDefault();
});
