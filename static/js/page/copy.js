/** Buttons that copy the text of the element they name. Over plain http no browser copies: they stay hidden. */
const message = document.getElementById("copy-message");

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard?.writeText;
  button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).innerText.trim();
  try {
    await navigator.clipboard.writeText(text);
    message.textContent = button.dataset.copied;
  } catch {
    message.textContent = button.dataset.notCopied;
  }
}
