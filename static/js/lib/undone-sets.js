/** Ids of the sets that these entries of the outbox undo, each with the id of its undo. */
export function undosOf(entries) {
  const undos = entries.filter(({ event, state }) => event.kind === "undo" && state !== "rejected");
  return new Map(undos.map(({ event }) => [event.target, event.id]));
}
