/** The Print buttons of a page. */
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) print();
});
