/* What the theme's search dialog lacks: a name, a count that is read aloud, the choice to search one contract only, and
   on the page that was found the words that were searched for. Has to run before the theme's own script. */
(() => {
  "use strict";

  const RESULT = 3;
  const ONLY = "nohin-search-only";
  const HINT = "言葉、人の名前、条項の番号（7-1-4、７（１）④）、日付（令和8年4月10日、2026-04-10）で探せます。";

  let worker = null;
  let heard = () => {};

  /* The theme keeps its worker to itself; ours has more to hear and to say than the theme asks for. */
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url, options) {
      super(url, options);
      if (!/search-worker\.js$/.test(String(url))) return;
      worker = this;
      this.addEventListener("message", ({ data }) => {
        if (data && data.type === RESULT) heard(data.data.found);
      });
    }
  };

  /* --- the dialog -------------------------------------------------------------------------------------- */

  function setUp() {
    const dialog = document.querySelector(".md-search[role=dialog]");
    if (dialog && worker) {
      dialog.setAttribute("aria-label", "検索");
      const contract = contractOf();
      const bar = document.createElement("div");
      bar.className = "search-bar";
      const status = bar.appendChild(document.createElement("p"));
      status.className = "search-status";
      status.setAttribute("role", "status");
      const choice = contract ? bar.appendChild(choiceOf(contract)) : null;
      dialog.querySelector(".md-search__output").prepend(bar);
      follow(dialog.querySelector("input[name=query]"), status, choice);
    }
    highlight();
  }

  /* The folder below the site that the page lies in: a contract's, or none for the pages of all. */
  function contractOf() {
    const { base } = JSON.parse(document.getElementById("__config").textContent);
    const root = new URL(base, location.href).pathname.replace(/\/*$/, "/");
    const [folder, ...rest] = location.pathname.slice(root.length).split("/");
    return rest.length ? decodeURIComponent(folder) : "";
  }

  function choiceOf(contract) {
    const label = document.createElement("label");
    const box = label.appendChild(document.createElement("input"));
    box.type = "checkbox";
    box.checked = remembered() === "yes";
    label.append(" この契約の中だけ");
    const tell = () => worker.postMessage({ type: "scope", data: { contract, only: box.checked } });
    box.addEventListener("change", () => {
      remember(box.checked ? "yes" : "no");
      tell();
    });
    tell();
    return label;
  }

  /* Where a browser keeps nothing for pages from a disc, the choice holds for the page. */
  function remembered() {
    try {
      return sessionStorage.getItem(ONLY);
    } catch {
      return null;
    }
  }

  function remember(value) {
    try {
      sessionStorage.setItem(ONLY, value);
    } catch {
      /* The page itself remembers. */
    }
  }

  function follow(input, status, choice) {
    const say = (text) => {
      if (status.textContent !== text) status.textContent = text;
    };
    const again = () => ["keydown", "keyup"].forEach((name) => input.dispatchEvent(new KeyboardEvent(name)));
    say(HINT);
    input.setAttribute("aria-description", "見つかった所は上下の矢印キーで選べます。");
    heard = (found) => say(told(found, choice && choice.control.checked));
    input.addEventListener("focus", () => worker.postMessage({ type: "open" }));
    /* The theme looks at the box on keys only: not after pasting, dictating, or emptying it with the mouse. */
    input.addEventListener("input", () => {
      if (input.value.trim() && status.textContent === HINT) say("探しています。");
      again();
    });
    input.form.addEventListener("reset", () => setTimeout(again));
    if (choice) keepKeys(input, choice);
  }

  function told(found, only) {
    if (!found) return HINT;
    if (found.failed) return "検索の索引を読み込めませんでした。";
    const elsewhere = found.elsewhere ? `ほかの契約に${found.elsewhere}ページあります。` : "";
    if (!found.pages) return `${only ? "この契約には" : ""}見つかりませんでした。${elsewhere}`;
    const shown = found.shown < found.pages ? `はじめの${found.shown}ページを示します。` : "";
    return `${found.pages}ページの${found.places}か所に見つかりました。${shown}${elsewhere}`;
  }

  /* The theme closes the dialog on Tab and takes most keys for the query; the choice has to be reachable and usable. */
  function keepKeys(input, choice) {
    input.addEventListener("keydown", (event) => {
      if (event.key === "Tab" && !event.shiftKey) event.stopPropagation();
    });
    choice.addEventListener("keydown", (event) => {
      if (!["Escape", "ArrowUp", "ArrowDown"].includes(event.key)) event.stopPropagation();
    });
  }

  /* --- on the page that was found ---------------------------------------------------------------------- */

  /* The worker puts the words, as they are printed on the page, into the address. */
  function highlight() {
    const address = new URL(location.href);
    const words = address.searchParams.getAll("found").filter(Boolean);
    const content = document.querySelector(".md-content__inner");
    if (!words.length || !content || !window.Highlight) return;
    const ranges = rangesOf(content, words);
    CSS.highlights.set("found", new Highlight(...ranges));
    unfold(ranges);
    address.searchParams.delete("found");
    try {
      history.replaceState(history.state, "", address.href);
    } catch {
      /* From a disc some browsers let no address be changed. */
    }
  }

  function rangesOf(content, words) {
    const ranges = [];
    const nodes = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      for (const word of words) {
        for (let at = node.data.indexOf(word); at >= 0; at = node.data.indexOf(word, at + word.length)) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          ranges.push(range);
        }
      }
    }
    return ranges;
  }

  /* If the first of them from the found place on is folded away, it is unfolded. */
  function unfold(ranges) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const first = ranges.find(({ startContainer: node }) => (
      !target || target.compareDocumentPosition(node) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)
    ));
    const folded = first && first.startContainer.parentElement.closest("details:not([open])");
    if (folded) folded.open = true;
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", setUp);
  else setUp();
})();
