/**
 * Fetches a drawing when it comes into sight: most of a long page lies below what is read first. Without a script the page
 * has them in <noscript>.
 */
const sight = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    target.querySelector("use").setAttribute("href", target.dataset.art);
  }
});

for (const drawing of document.querySelectorAll("svg[data-art]")) sight.observe(drawing);
