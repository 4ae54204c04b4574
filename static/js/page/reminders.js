/**
 * The first session that is switched on leads to the ways: until one of them is on (`data-unreached`), nothing comes. A
 * phone asks whether it may show messages only in a tap, so the focus goes to the switch that this needs.
 */
import "./settings.js";

document.addEventListener("change", ({ target }) => {
  const ways = document.querySelector("[data-unreached]");
  if (!target.checked || !target.matches(".remind [role=switch]") || !ways || ways.querySelector(":checked")) return;
  const first = ways.querySelector("[role=switch]") ?? ways.querySelector("h2");
  first.focus({ preventScroll: true });
  ways.scrollIntoView({ block: "start" });
});
