/** The bar with Save is there while the form differs from the plan in force. Without a script it is always there. */
import { isDirty } from "../lib/dirty-fields.js";

const form = document.querySelector("form.plan");
const bar = form.querySelector(".plan-bar");

for (const event of ["input", "change"]) form.addEventListener(event, showBar);
addEventListener("pageshow", showBar); // Back brings the fields as they were left

/** A plan that is proposed, or was rejected, differs from the start. */
function showBar() {
  bar.hidden = !("differs" in form.dataset) && !isDirty(form);
}

showBar();
