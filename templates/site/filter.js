/* Filters for tables marked data-filter, and for other elements of which the children marked data-item count as rows: a
   box for words and a list for each of the named columns, whose values the rows carry as data-<column>. Tables that name
   the same place in data-filter-at share one form there. What is chosen stands in the address, so that a filtered list
   can be linked, kept and come back to; an anchor to a row that is filtered away shows all rows. Without this script
   the whole table stands there. */
(() => {
  "use strict";

  const FEW = 5; // rows that are seen at a glance
  const filters = [];

  class Filter {
    constructor(tables, place, number) {
      this.parts = tables.map((table) => ({ table, rows: rowsOf(table) }));
      this.rows = this.parts.flatMap((part) => part.rows);
      this.texts = this.rows.map((row) => plain(`${row.textContent} ${row.dataset.words || ""}`));
      this.prefix = number ? `${number + 1}.` : "";
      this.buildForm(tables[0]);
      if (place) place.append(this.form);
      else (tables[0].closest("[role='region']") || tables[0]).before(this.form);
      if (tables.length > 1) this.parts.forEach((part) => { part.none = noneLeft(part.table); });
    }

    buildForm(table) {
      this.form = document.createElement("form");
      this.form.className = "filter";
      this.form.setAttribute("role", "search");
      const title = table.dataset.filterTitle || (table.caption ? table.caption.textContent.trim() : "一覧");
      this.form.setAttribute("aria-label", `${title}の絞り込み`);
      this.words = field(this.form, "言葉", "input");
      this.words.type = "search";
      this.lists = table.dataset.filter.split(" ").filter(Boolean).flatMap((entry) => this.list(...entry.split(":")));
      this.reset = this.form.appendChild(document.createElement("button"));
      this.reset.type = "button";
      this.reset.textContent = "絞り込みをやめる";
      this.count = this.form.appendChild(document.createElement("output"));
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("input", () => this.changed());
      this.reset.addEventListener("click", () => { this.clear(); this.words.focus(); });
    }

    /* A list of one value would choose nothing. */
    list(column, title) {
      const values = Array.from(new Set(this.rows.map((row) => row.dataset[column]).filter(Boolean)));
      if (values.length < 2) return [];
      const select = field(this.form, title, "select");
      for (const value of ["", ...values]) select.add(new Option(value || "すべて", value));
      return [{ column, title, select }];
    }

    chosen() {
      const lists = this.lists.map(({ column, title, select }) => [column, title, select.value]);
      return [["words", "言葉", this.words.value.trim()], ...lists].filter(([, , value]) => value);
    }

    changed() {
      this.apply();
      remember(this);
    }

    clear() {
      this.words.value = "";
      this.lists.forEach(({ select }) => { select.value = ""; });
      this.changed();
    }

    read(query) {
      this.words.value = query.get(`${this.prefix}words`) || "";
      for (const { column, select } of this.lists) {
        const value = query.get(this.prefix + column) || "";
        select.value = Array.from(select.options).some((option) => option.value === value) ? value : "";
      }
      this.apply();
    }

    apply() {
      const words = plain(this.words.value).split(" ").filter(Boolean);
      let shown = 0;
      this.rows.forEach((row, index) => {
        row.hidden = !(words.every((word) => this.texts[index].includes(word))
          && this.lists.every(({ column, select }) => !select.value || row.dataset[column] === select.value));
        shown += row.hidden ? 0 : 1;
      });
      const chosen = this.chosen();
      this.reset.hidden = !chosen.length;
      this.hideEmpty();
      this.follow(chosen.length > 0);
      const all = `全${this.rows.length}件`;
      this.count.value = !chosen.length ? all : shown ? `${shown}件を表示（${all}）` : `条件に合うものはありません（${all}）`;
      this.count.dataset.chosen = chosen.map(([, title, value]) => `${title} ${value}`).join("　");
    }

    hideEmpty() {
      for (const { table, rows, none } of this.parts) {
        if (!none) continue;
        table.hidden = rows.every((row) => row.hidden);
        none.hidden = !table.hidden;
      }
    }

    /* What stands for a row elsewhere on the page (data-of) goes with it; a group of such things when none is left. */
    follow(filtered) {
      const hidden = new Map(this.rows.map((row) => [row.id, row.hidden]));
      for (const one of document.querySelectorAll("[data-of]")) if (hidden.has(one.dataset.of)) one.hidden = hidden.get(one.dataset.of);
      for (const group of document.querySelectorAll(`[data-follows="${this.form.parentElement.id}"]`)) {
        group.hidden = filtered && !group.querySelector("[data-of]:not([hidden])");
      }
    }
  }

  function rowsOf(table) {
    return table.tBodies ? Array.from(table.tBodies).flatMap((body) => Array.from(body.rows)) : Array.from(table.querySelectorAll(":scope > [data-item]"));
  }

  function field(form, title, kind) {
    const label = form.appendChild(document.createElement("label"));
    label.append(title, " ");
    return label.appendChild(document.createElement(kind));
  }

  function noneLeft(table) {
    const none = document.createElement("p");
    none.className = "muted";
    none.textContent = "条件に合うものはありません。";
    none.hidden = true;
    table.after(none);
    return none;
  }

  /* One form for full and half width, capital and small letters, and all kinds of space. */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  /* The address is replaced, not added to: one step back leaves the page, as without a filter. */
  function remember(filter) {
    const address = new URL(location.href);
    for (const name of ["words", ...filter.lists.map(({ column }) => column)]) address.searchParams.delete(filter.prefix + name);
    for (const [name, , value] of filter.chosen()) address.searchParams.set(filter.prefix + name, value);
    try {
      history.replaceState(history.state, "", address);
    } catch {
      /* A browser that forbids it for files still filters. */
    }
  }

  function target(hash) {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  }

  function reveal(hash) {
    const found = target(hash);
    const row = found && found.closest(":is(tr, [data-item])[hidden]");
    const filter = row && filters.find(({ rows }) => rows.includes(row));
    if (!filter) return;
    filter.clear();
    found.scrollIntoView();
  }

  const tables = Array.from(document.querySelectorAll("[data-filter]"));
  const shared = new Map();
  for (const table of tables) {
    const place = table.dataset.filterAt ? document.getElementById(table.dataset.filterAt) : null;
    shared.set(place || table, [...(shared.get(place || table) || []), table]);
  }
  for (const [place, group] of shared) {
    if (group.flatMap(rowsOf).length > FEW) filters.push(new Filter(group, place === group[0] ? null : place, filters.length));
  }

  const query = new URLSearchParams(location.search);
  filters.forEach((filter) => filter.read(query));
  reveal(location.hash);
  addEventListener("hashchange", () => reveal(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) setTimeout(() => reveal(link.hash));
  });
})();
