/** Some browsers' stores never answer: no tap and no sender may wait for them. */
const LONG_ENOUGH = 3000;

/** What `promise` brings, or an error when that takes too long. */
export function withTimeout(promise) {
  return Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(reject, LONG_ENOUGH, new Error("it takes too long"))),
  ]);
}
