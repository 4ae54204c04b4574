/** Each group of settings has its own Save. A Save must not lose what was chosen in another group. */
const forms = document.querySelectorAll("form[data-saves]");
const shown = new Map([...forms].map((form) => [form, written(form)]));

document.addEventListener("submit", async (event) => {
  const others = [...forms].filter((form) => form !== event.target && written(form) !== shown.get(form));
  if (!shown.has(event.target) || !others.length) return;
  event.preventDefault();
  for (const form of others) if (!(await isSaved(form))) return form.submit(); // the server shows what is wrong with it
  event.target.submit();
});

/** A saved form leads back to the settings. */
async function isSaved(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  return Boolean(answer?.ok && answer.redirected);
}

function written(form) {
  return new URLSearchParams(new FormData(form)).toString();
}
