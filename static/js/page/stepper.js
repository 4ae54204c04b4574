/** A button for less and one for more beside a number that can be typed as well; without a script there is but that. */
const steps = document.querySelectorAll("[data-step]");

for (const button of steps) {
  button.hidden = false;
  button.addEventListener("click", () => step(button.parentElement.querySelector("input"), Number(button.dataset.step)));
}

/** As far as it goes: `data-by` at a time, never past its ends. */
function step(input, direction) {
  const next = (Number(input.value) || 0) + direction * Number(input.dataset.by);
  input.value = Math.min(Number(input.max), Math.max(Number(input.min), next));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
