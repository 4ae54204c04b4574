/** Settings of htmx on every page, if it was loaded. It starts when the document is ready, which is after this module. */
Object.assign(window.htmx?.config ?? {}, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  // Settle at once: until then htmx does not listen to new elements, and a tap or the end of a set may already wait.
  defaultSettleDelay: 0,
  timeout: 8000, // milliseconds
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "4..", swap: true, error: true, target: "#toast", swapOverride: "innerHTML" },
    { code: "...", swap: false, error: true },
  ],
});
