/** One tap, one set: the second half of a double tap must not take back what the first half ticked. */
const DOUBLE_TAP = 2000;
const answered = new Map();
const waiting = new Set();

document.addEventListener("htmx:confirm", (event) => {
  const mark = markOf(event.detail.elt);
  if (!mark) return;
  const sinceAnswer = performance.now() - (answered.get(mark) ?? -DOUBLE_TAP);
  if (waiting.has(mark) || sinceAnswer < DOUBLE_TAP) event.preventDefault();
  else waiting.add(mark);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const mark = markOf(detail.requestConfig.elt);
  if (!mark) return;
  waiting.delete(mark);
  if (detail.successful) answered.set(mark, performance.now());
});

/** The id of a mark: it stays the same when the server's answer puts a new button in its place. */
function markOf(element) {
  return element.matches(".mark") ? element.id : null;
}
