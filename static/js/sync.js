/** The JSON door: for what has no form on the page, and for a fresh CSRF token. */
import { isoWithOffset } from "./now.js";

const TIMEOUT = 8000;

/** Who is logged in, and the token of the moment: {user, csrf}. */
export async function whoAmI(url) {
  const answer = await fetch(url, { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
  return answer.json();
}

/** Report one event. Resolves to "created", "duplicate" or "rejected"; rejects when there was no answer to trust. */
export async function report(url, user, event) {
  const me = await whoAmI(url);
  if (String(me.user) !== user) throw new Error("another user");
  const answer = await fetch(url, {
    method: "POST",
    redirect: "error",
    headers: { "Content-Type": "application/json", "X-CSRFToken": me.csrf },
    body: JSON.stringify({ sent_at: isoWithOffset(new Date()), events: [event] }),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const { results } = await answer.json();
  return results[event.id];
}
