/**
 * Makes a function that writes a date in the language of the page. English has the day before the month, as the server
 * writes it: "Sat, 28 Nov". `fields` are those of Intl.DateTimeFormat.
 */
export function dateWriter(fields) {
  const { lang } = document.documentElement;
  const format = new Intl.DateTimeFormat(lang, fields);
  const swapped = lang === "en" ? { day: "month", month: "day" } : {};
  return (date) => {
    const parts = format.formatToParts(date);
    return parts.map(({ type, value }) => parts.find((part) => part.type === swapped[type])?.value ?? value).join("");
  };
}
