/** The message of an act (exercises/said.py) is said once, not after a reload or on the way back. */
const shownAddress = new URL(location.href);

if (shownAddress.searchParams.has("said")) {
  shownAddress.searchParams.delete("said");
  history.replaceState(history.state, "", shownAddress);
}
