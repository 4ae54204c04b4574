/** A date in the language of the page. English has the day before the month, as the server writes it: "Sat, 28 Nov". */
export function dateText(date, fields) {
  const { lang } = document.documentElement;
  const parts = new Intl.DateTimeFormat(lang, fields).formatToParts(date);
  const swapped = lang === "en" ? { day: "month", month: "day" } : {};
  return parts.map(({ type, value }) => parts.find((part) => part.type === swapped[type])?.value ?? value).join("");
}
