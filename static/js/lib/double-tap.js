/** The second half of a double tap: within a second the same thing is asked for once. */
const ONCE = 1000; // milliseconds
const submitted = new Map();

export function isSecond(key) {
  const before = submitted.get(key) ?? -ONCE;
  submitted.set(key, performance.now());
  return performance.now() - before < ONCE;
}

/** A form whose answer is another page, and that does or shows something else when it is sent twice. */
document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if ("once" in form.dataset && isSecond(form.action)) event.preventDefault();
});
