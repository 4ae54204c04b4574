/**
 * Copies the address of a new link or calendar to the clipboard, or shares it with another app, where the browser can. Over plain
 * http it cannot. The field shows the whole address in any case.
 */
const field = document.getElementById("link");
const copying = document.getElementById("link-copy");
const sharing = document.getElementById("link-share");
const message = document.getElementById("link-message");

if (field) {
  copying.hidden = !navigator.clipboard?.writeText;
  copying.addEventListener("click", copy);
  sharing.hidden = !navigator.share;
  sharing.addEventListener("click", share);
  field.addEventListener("focus", () => field.select());
}

async function copy() {
  try {
    await navigator.clipboard.writeText(field.value);
    message.textContent = copying.dataset.copied;
  } catch {
    message.textContent = copying.dataset.notCopied;
    field.focus();
  }
}

async function share() {
  try {
    await navigator.share({ url: field.value });
  } catch {
    // The user changed their mind: the link is still there.
  }
}
