/** Some browsers' stores never answer. No tap and no sender may wait for them. */
const LONG_ENOUGH = 3000;

/** The result of `promise`, or an error when it takes too long. */
export function withTimeout(promise) {
  return Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(reject, LONG_ENOUGH, new Error("it takes too long"))),
  ]);
}
