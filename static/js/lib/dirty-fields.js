/** Form fields that differ from the values that the page came with. */
const PAIRS = [["value", "defaultValue"], ["checked", "defaultChecked"], ["selected", "defaultSelected"]];

/** Whether something was typed or chosen in it and is not sent yet. */
export function isDirty(part) {
  return filledIn(part).some((field) => PAIRS.some(([now, before]) => field[now] !== (field[before] ?? field[now])));
}

/** The form was sent as it is. */
export function markClean(form) {
  for (const field of filledIn(form)) for (const [now, before] of PAIRS) if (before in field) field[before] = field[now];
}

function filledIn(part) {
  return [...part.querySelectorAll("textarea, input, option")];
}
