/**
 * A region may be swapped while a mouse button is down: the click then goes to the element that replaced the pressed
 * one.
 */
let pressed = null;

document.addEventListener("pointerdown", ({ target }) => (pressed = target.closest("button")), { capture: true });

/**
 * Browsers make no click for an element that is gone. A replacement that looks different gets no click, because nobody
 * meant it.
 */
document.addEventListener("pointerup", ({ target }) => {
  const released = target.closest("button");
  if (pressed && !pressed.isConnected && released?.isEqualNode(pressed)) released.click();
});
