/**
 * A region may be swapped while a mouse button is down: the click then goes to the element that replaced the pressed
 * one.
 */
const ACT = ["id", "value", "ariaPressed", "textContent"]; // other attributes may differ: the page draws its buttons again
let pressed = null;

document.addEventListener("pointerdown", ({ target }) => (pressed = target.closest("button")), { capture: true });

/**
 * Browsers make no click for an element that is gone. A replacement that does something else gets no click, because nobody
 * meant it.
 */
document.addEventListener("pointerup", ({ target }) => {
  const released = target.closest("button");
  if (pressed && !pressed.isConnected && released && ACT.every((what) => released[what] === pressed[what])) released.click();
});
