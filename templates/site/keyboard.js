/* The theme without a mouse. Its labels, which open the drawer of a narrow window and the lists in it and switch between
   light and dark, become buttons that say what they do and whether something is open. While the drawer is open, what lies
   behind it cannot be reached and Esc closes it; the search closes when it is left, and Esc leads back from it to
   where one was. The focus goes where the eye goes. */
(() => {
  "use strict";

  const NARROW = matchMedia("(max-width: 76.2344em)");
  const LABELS = "label.md-header__button[for='__drawer'], label.md-nav__link[for], .md-nav--primary label.md-nav__title:not([for='__drawer'])";
  const COLOURS = "[data-md-component='palette'] label";
  const drawer = document.getElementById("__drawer");
  const search = document.getElementById("__search");
  let last = null; // where the focus was before the search

  function asButton(label) {
    const control = document.getElementById(label.htmlFor);
    if (!control) return;
    const button = document.createElement("button");
    button.type = "button";
    for (const { name, value } of label.attributes) button.setAttribute(name, value); // `for` too: the theme's styles ask for it
    if (control === drawer) button.setAttribute("aria-label", "メニュー");
    if (label.matches(".md-nav__title")) button.setAttribute("aria-label", `${label.textContent.trim()}を閉じる`);
    button.append(...label.childNodes);
    button.addEventListener("click", () => control.click());
    label.replaceWith(button);
    if (control.type === "checkbox") sayOpen(button, control);
    else switchColours(button, control);
  }

  function sayOpen(button, control) {
    const say = () => button.setAttribute("aria-expanded", String(control.checked));
    say();
    control.addEventListener("change", say);
  }

  /* Two labels take turns; the choices behind them need not be reached. */
  function switchColours(button, control) {
    button.setAttribute("aria-label", button.title);
    control.tabIndex = -1;
    control.setAttribute("aria-hidden", "true");
    button.addEventListener("click", () => Array.from(button.form.querySelectorAll("button")).find((one) => !one.hidden).focus());
  }

  function first(part) {
    return Array.from(part.querySelectorAll("a[href], button")).find((one) => one.checkVisibility?.({ visibilityProperty: true }) ?? true);
  }

  function shut() {
    for (const part of document.querySelectorAll(".md-content, .md-sidebar--secondary, .md-footer")) part.inert = drawer.checked && NARROW.matches;
  }

  function follow(toggle) {
    const own = toggle === drawer;
    const opened = own ? document.querySelector(".md-sidebar--primary") : toggle.parentElement.querySelector(":scope > nav");
    const opener = own ? document.querySelector("button[for='__drawer']") : toggle.parentElement.querySelector(":scope > button");
    const next = toggle.checked ? opened && first(opened) : opener;
    if (next) next.focus();
  }

  /* Once the theme has closed the search, which leaves the focus nowhere. */
  function back() {
    const lost = document.activeElement === document.body || document.activeElement.closest(".md-search");
    if (lost && !search.checked && last) last.focus({ preventScroll: true });
  }

  document.querySelectorAll(`${LABELS}, ${COLOURS}`).forEach(asButton);
  if (!drawer) return;
  drawer.autocomplete = "off"; // else a browser may open the drawer again when the page is loaded again
  NARROW.addEventListener("change", shut);
  document.addEventListener("change", ({ target }) => {
    if (target === drawer) shut();
    if (NARROW.matches && (target === drawer || target.matches(".md-nav__toggle"))) follow(target);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target !== search && !target.closest(".md-search")) last = target;
    if (search && search.checked && target !== search && !target.closest(".md-search")) search.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked && NARROW.matches) drawer.click();
    if (event.key === "Escape" && search && search.checked) setTimeout(back);
    // The theme turns the page at one letter, wherever the focus is; whoever speaks or mistypes would be led away.
    if (/^[pn,.]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
})();
