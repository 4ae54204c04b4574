/**
 * The first session that is switched on leads on to the ways: until one of them is on (`data-unreached`), nothing comes. A
 * phone asks only in a tap whether it may show messages, so the focus goes to what has to be tapped.
 */
import "./settings.js";

const NEXT_TAP = 700; // milliseconds: a second tap must not hit what comes into its place
let leading = null;

document.addEventListener("change", ({ target }) => {
  clearTimeout(leading);
  if (target.matches(".remind [role=switch]")) leading = setTimeout(lead, NEXT_TAP, target);
});

/**
 * What came back of a message to try is fetched every two seconds. A screen reader would read it aloud each time, so the
 * same answer is left as it is.
 */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const fetched = new DOMParser().parseFromString(detail.serverResponse, "text/html").getElementById("tried");
  if (detail.target.id === "tried" && fetched && told(fetched) === told(detail.target)) detail.shouldSwap = false;
});

/** Its sentences, and whether the page goes on asking. */
function told(tried) {
  return [...tried.querySelectorAll("li, [data-refresh]")].map((each) => each.textContent.trim()).join("\n");
}

function lead(session) {
  const ways = document.getElementById("ways");
  const isReached = !document.querySelector("[data-unreached]") || ways.querySelector(":checked");
  if (isReached || !session.checked) return;
  const first = ways.querySelector("#this-device button:not([hidden]), [role=switch]") ?? ways.querySelector("h2");
  first.focus({ preventScroll: true });
  ways.scrollIntoView({ block: "start" });
}
