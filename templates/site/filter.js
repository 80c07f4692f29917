/* Filters for tables marked data-filter: a box for words and a list for each of the named columns. Without this
   script the whole table stands there. Rows carry data-<column> attributes. */
(() => {
  "use strict";

  function setUp(table) {
    if (table.dataset.ready) return;
    table.dataset.ready = "yes";
    const rows = Array.from(table.tBodies).flatMap((body) => Array.from(body.rows));
    const form = document.createElement("form");
    form.className = "filter";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", `${table.caption ? table.caption.textContent : "表"}の絞り込み`);
    form.addEventListener("submit", (event) => event.preventDefault());
    const words = field(form, "言葉", "input");
    words.type = "search";
    const lists = table.dataset.filter.split(" ").map((entry) => {
      const [column, title] = entry.split(":");
      const list = field(form, title, "select");
      const values = Array.from(new Set(rows.map((row) => row.dataset[column]).filter(Boolean)));
      for (const value of ["", ...values]) list.add(new Option(value || "すべて", value));
      return [column, list];
    });
    const count = form.appendChild(document.createElement("output"));
    const texts = rows.map((row) => plain(row.textContent + " " + (row.dataset.words || "")));

    function apply() {
      const wanted = plain(words.value).split(" ").filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        const fits = wanted.every((word) => texts[index].includes(word))
          && lists.every(([column, list]) => !list.value || row.dataset[column] === list.value);
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.value = `${rows.length}件のうち${shown}件`;
    }

    form.addEventListener("input", apply);
    apply();
    table.before(form);
  }

  function field(form, title, kind) {
    const label = form.appendChild(document.createElement("label"));
    label.append(title, " ");
    return label.appendChild(document.createElement(kind));
  }

  /* One form for full and half width, capital and small letters, and all kinds of space. */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  document.querySelectorAll("table[data-filter]").forEach(setUp);
})();
