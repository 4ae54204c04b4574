/** A POST to an address of messages. */
const TIMEOUT = 8000;

/** The JSON of the answer. Rejects with `status`, 0 without an answer, and the server's sentence as its message. */
export async function post(url, csrf, fields) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf };
  const body = new URLSearchParams(fields);
  const signal = AbortSignal.timeout?.(TIMEOUT);
  const answer = await fetch(url, { method: "POST", headers, body, redirect: "error", signal }).catch(noAnswer);
  const json = await answer.json().catch(() => ({}));
  if (answer.ok) return json;
  throw Object.assign(new Error(json.error), { status: answer.status });
}

function noAnswer(error) {
  throw Object.assign(new Error(error.message), { status: 0 });
}
