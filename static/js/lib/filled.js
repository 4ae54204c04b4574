/** A pattern of the page with its `{braces}` filled in. */
export function filled(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_braces, name) => values[name]);
}
