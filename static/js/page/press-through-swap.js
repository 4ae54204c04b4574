/** A region may be swapped while a mouse button is down: the click goes to what took the place of the pressed one. */
let pressed = null;

document.addEventListener("pointerdown", ({ target }) => (pressed = target.closest("button")), { capture: true });

/** Of an element that is gone the browser makes no click; of one that looks otherwise now, no one meant to. */
document.addEventListener("pointerup", ({ target }) => {
  const released = target.closest("button");
  if (pressed && !pressed.isConnected && released?.isEqualNode(pressed)) released.click();
});
