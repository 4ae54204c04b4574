/** What somebody fills in, beside what the page came with. */
const PAIRS = [["value", "defaultValue"], ["checked", "defaultChecked"], ["selected", "defaultSelected"]];

/** Whether there is anything in it that was typed or chosen, and not yet sent. */
export function isDirty(part) {
  return filledIn(part).some((field) => PAIRS.some(([now, before]) => field[now] !== (field[before] ?? field[now])));
}

/** It was sent as it is. */
export function markClean(form) {
  for (const field of filledIn(form)) for (const [now, before] of PAIRS) if (before in field) field[before] = field[now];
}

function filledIn(part) {
  return [...part.querySelectorAll("textarea, input, option")];
}
