/** A date in the language of the page. English has the day first, as the server writes it: "Sat, 28 Nov". */
export function dateText(date, fields) {
  const { lang } = document.documentElement;
  return new Intl.DateTimeFormat(lang === "en" ? "en-001" : lang, fields).format(date);
}
