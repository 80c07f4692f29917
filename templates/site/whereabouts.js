/* A page that is not in the navigation itself (one report of many) shows there under which entry it stands: the nearest
   of its breadcrumbs that the navigation names. */
(() => {
  "use strict";
  const inside = ".md-nav--primary a.md-nav__link";
  if (document.querySelector(`${inside}--active`)) return;
  const links = Array.from(document.querySelectorAll(inside));
  const crumbs = Array.from(document.querySelectorAll(".trail a")).reverse();
  for (const crumb of crumbs) {
    const link = links.find((one) => one.href === crumb.href);
    if (!link) continue;
    link.classList.add("md-nav__link--active");
    link.setAttribute("aria-current", "true");
    return;
  }
})();
