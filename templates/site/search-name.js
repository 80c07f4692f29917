/* The theme's search dialog has no name of its own; people who do not see it need one. */
(() => {
  "use strict";
  const search = document.querySelector(".md-search[role=dialog]");
  if (search) search.setAttribute("aria-label", "検索");
})();
