/**
 * Offers the home screen once, below a day on which something was done. It uses the browser's own question where there
 * is one, and explains the way on an iPhone. After any answer it does not ask again.
 */
import { readLocal, writeLocal } from "../lib/local-store.js";

const ANSWERED = "install:answered";
const hint = document.getElementById("install-hint");
let question = null;

if (hint) {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    question = event;
    offer();
  });
  window.addEventListener("appinstalled", close);
  document.body.addEventListener("htmx:afterSettle", offer);
  hint.addEventListener("click", async ({ target }) => {
    if (!target.closest("button")) return;
    if (target.closest("[data-install]")) await question.prompt();
    close();
  });
  offer();
}

function offer() {
  const tells = navigator.standalone === false; // only Apple's phones have this property
  const isDone = document.querySelector('#today td .mark[aria-pressed="true"]');
  hint.hidden = readLocal(ANSWERED) || !isDone || !(question || tells);
  hint.querySelector("[data-install]").hidden = !question;
  hint.querySelector("[data-how]").hidden = Boolean(question);
}

function close() {
  writeLocal(ANSWERED, true);
  hint.hidden = true;
}
