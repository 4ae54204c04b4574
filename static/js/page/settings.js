/**
 * Settings save themselves (`data-saves` names the field of a line, templates/macros/settings.html). They are sent one after
 * the other, with what is chosen by then, so the last choice stays; also when the page is left at once. "Saved." goes after
 * a while; then the pages on this phone are stored again (`setting:saved`), and not for each of some quick changes.
 */
const STAYS = 4000; // milliseconds
const TYPING = 700; // between two digits of a time
const NO_ANSWER = 8000;
const waiting = new Map(); // lines that were changed and are not sent yet, each with a timer
let sending = Promise.resolve();

document.addEventListener("change", ({ target }) => {
  const line = target.closest("[data-saves]");
  if (line) save(line, target.type === "time" ? TYPING : 0);
});

/** Enter in a field would send the whole form, and so what another tab has changed since. */
document.addEventListener("submit", (event) => {
  if (event.target.querySelector("[data-saves]")) event.preventDefault();
});

addEventListener("pagehide", () => waiting.forEach((_timer, line) => post(line).catch(() => {})));
addEventListener("online", () => document.querySelectorAll("[data-saves] [role=status] button").forEach((each) => each.click()));

function save(line, delay = 0) {
  clearTimeout(waiting.get(line));
  const next = () => send(line);
  waiting.set(line, setTimeout(() => (sending = sending.then(next, next)), delay));
}

async function send(line) {
  const answer = await post(line).catch(() => null);
  const { error, texts } = (await answer?.json().catch(() => null)) ?? {}; // a captive portal answers too
  if (waiting.has(line)) return;
  if (answer?.status === 401) location.reload(); // leads to the log-in, and back
  else if (answer?.ok && texts) showSaved(line, texts);
  else showError(line, error, answer?.status);
}

/** It is sent to its end although the page may be left meanwhile. */
function post(line) {
  waiting.delete(line);
  const { form } = fieldOf(line);
  const data = new FormData(form);
  const chosen = data.getAll(line.dataset.saves).map((value) => [line.dataset.saves, value]);
  return fetch(form.action, {
    method: "POST",
    keepalive: true,
    redirect: "error",
    signal: AbortSignal.timeout?.(NO_ANSWER),
    headers: { Accept: "application/json", "X-CSRFToken": data.get("csrfmiddlewaretoken") },
    body: new URLSearchParams([["field", line.dataset.saves], ...chosen]),
  });
}

/** `texts`: sentences that the new setting may have changed, by the id of their element. */
function showSaved(line, texts) {
  const saved = show(line, "setting-saved", false);
  for (const [id, text] of Object.entries(texts)) document.getElementById(id)?.replaceChildren(text);
  putOn(line);
  // A time that was wrong beside the one before may be right now.
  for (const field of fieldOf(line).form.querySelectorAll("[aria-invalid=true]")) save(field.closest("[data-saves]"));
  setTimeout(() => {
    saved.remove();
    line.dispatchEvent(new CustomEvent("setting:saved", { bubbles: true }));
  }, STAYS);
}

/** Some reasons go by themselves: then it may be tried again. */
function showError(line, error = "", status = 0) {
  const shown = show(line, "setting-not-saved", status === 422);
  shown.querySelector("[data-why]").textContent = error;
  const button = shown.querySelector("button");
  if (status >= 400 && status < 500 && status !== 429) return button.remove();
  button.querySelector(".sr").textContent = `: ${line.querySelector(".label").textContent}`;
  button.addEventListener("click", () => {
    if (document.activeElement === button) (line.querySelector(":checked") ?? fieldOf(line)).focus(); // the button goes
    save(line);
  });
}

function show(line, template, isWrong) {
  const shown = document.getElementById(template).content.cloneNode(true).firstElementChild;
  const place = line.querySelector("[role=status]");
  place.replaceChildren(shown);
  fieldOf(line).setAttribute("aria-invalid", isWrong);
  fieldOf(line).setAttribute("aria-errormessage", place.id);
  return shown;
}

function fieldOf(line) {
  return line.querySelector("input, select");
}

/** A look is put on without a reload. The page has it as an attribute, if it needs one. */
function putOn(line) {
  const { name, value } = line.querySelector(":checked") ?? {};
  if (!["theme", "skin"].includes(name)) return;
  const root = document.documentElement;
  root.dataset[name] = value;
  if (["auto", "1"].includes(value)) delete root.dataset[name];
}
