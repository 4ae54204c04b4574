/** Buttons that show the password as it is typed. It is hidden again before the form is sent or the page is left. */
function show(button, shown) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  field.type = shown ? "text" : "password";
  field.autocapitalize = "off";
  field.spellcheck = false;
  button.setAttribute("aria-pressed", String(shown));
}

for (const button of document.querySelectorAll("[data-peek]")) {
  const hide = () => show(button, false);
  button.hidden = false;
  button.addEventListener("click", () => show(button, button.getAttribute("aria-pressed") === "false"));
  button.form.addEventListener("submit", hide);
  addEventListener("pagehide", hide);
}
