/**
 * Each setting saves itself by a request of htmx (`data-saves`, templates/macros/settings.html). After the answer: a saved
 * look is put on without a reload, "Saved." goes after a while, and what could not be sent gets a Try again. When "Saved."
 * goes, the pages on this phone are stored anew (`setting:saved`): not for each of some quick changes.
 */
const STAYS = 4000; // milliseconds

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const line = detail.requestConfig.elt;
  if (!line.matches("[data-saves]")) return;
  const place = line.querySelector("[role=status]");
  const { status } = detail.xhr;
  if (detail.successful) {
    putOn(line);
    const saved = place.querySelector(".saved");
    setTimeout(() => {
      saved.remove();
      line.dispatchEvent(new CustomEvent("setting:saved", { bubbles: true }));
    }, STAYS);
  } else if (status !== 422) {
    place.replaceChildren(document.getElementById("setting-not-saved").content.cloneNode(true));
    place.querySelector("button").addEventListener("click", () => line.dispatchEvent(new Event("change")), { once: true });
  }
});

/** The page has its looks as attributes, without those that need none. */
function putOn(line) {
  const { name, value } = line.querySelector(":checked") ?? {};
  if (!["theme", "skin"].includes(name)) return;
  const root = document.documentElement;
  root.dataset[name] = value;
  if (["auto", "1"].includes(value)) delete root.dataset[name];
}
