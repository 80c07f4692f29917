/* Regions that scroll sideways. Where all of it fits, a region is no stop for the keyboard and hides nothing, so that
   the heads of its table stay in sight as the page scrolls; a table that does not fit and is higher than the window
   scrolls within its region, heads in sight too. What does not fit says so above it, for a phone shows no scroll bar.
   Without this script every region can be reached and scrolled. */
(() => {
  "use strict";

  const used = new Map();
  const regions = Array.from(document.querySelectorAll(".nohin [role='region'][tabindex]"), (node) => ({ node, name: ownName(node.getAttribute("aria-label")), note: noteAbove(node) }));

  /* What stands twice on a page, as before and after a change, is told apart by a number. */
  function ownName(name) {
    used.set(name, (used.get(name) || 0) + 1);
    return used.get(name) > 1 ? `${name}（${used.get(name)}）` : name;
  }

  function noteAbove(node) {
    const note = document.createElement("p");
    note.className = "sideways";
    note.textContent = "右に続きます。横に動かしてご覧ください。";
    note.hidden = true;
    node.before(note);
    return note;
  }

  function settle() {
    const measured = regions.map(({ node }) => ({
      fits: node.scrollWidth <= node.clientWidth + 1,
      tall: node.scrollHeight > innerHeight * 0.85 && node.querySelector("thead") !== null,
    }));
    regions.forEach(({ node, name, note }, index) => {
      const { fits, tall } = measured[index];
      node.classList.toggle("fits", fits);
      note.hidden = fits;
      node.classList.toggle("tall", tall && !fits);
      const said = { role: "region", tabindex: "0", "aria-label": name };
      for (const [attribute, value] of Object.entries(said)) {
        if (fits) node.removeAttribute(attribute);
        else node.setAttribute(attribute, value);
      }
    });
  }

  let waiting = 0;
  function later() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(settle);
  }

  settle();
  addEventListener("load", later);
  addEventListener("resize", later);
  document.addEventListener("toggle", later, true);
})();
