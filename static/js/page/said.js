/** Removes the message (exercises/said.py) from the address, so that a reload or Back does not show it again. */
const shownAddress = new URL(location.href);

if (shownAddress.searchParams.has("said")) {
  shownAddress.searchParams.delete("said");
  history.replaceState(history.state, "", shownAddress);
}
