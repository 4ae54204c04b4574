/** Buttons for less and more beside a number field. Without a script there is only the field. */
const steps = document.querySelectorAll("[data-step]");

for (const button of steps) {
  button.hidden = false;
  button.addEventListener("click", () => step(button.parentElement.querySelector("input"), Number(button.dataset.step)));
}

/** Changes the number by `data-by`, never past its limits. */
function step(input, direction) {
  const next = (Number(input.value) || 0) + direction * Number(input.dataset.by);
  input.value = Math.min(Number(input.max), Math.max(Number(input.min), next));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
