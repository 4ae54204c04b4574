/**
 * The address of a new link, onto the clipboard or to another app: each where the browser can, which over plain http it
 * cannot. The field holds the whole address either way.
 */
const field = document.getElementById("link");
const copying = document.getElementById("link-copy");
const sharing = document.getElementById("link-share");
const said = document.getElementById("link-said");

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
    said.textContent = copying.dataset.copied;
  } catch {
    said.textContent = copying.dataset.notCopied;
    field.focus();
  }
}

async function share() {
  try {
    await navigator.share({ url: field.value });
  } catch {
    // Thought better of it: the link is still there.
  }
}
