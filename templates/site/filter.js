/* Filters for tables marked data-filter, and for other elements of which the children marked data-item count as rows: a
   box for words and a list for each of the named columns (column:title, or column:title:group, where the values stand in
   groups), whose values the rows carry as data-<column>, several of them with | between. Tables that name the same place in data-filter-at share one form there. What is chosen stands in the address, so that a filtered list
   can be linked, kept and come back to; an anchor to a row that is filtered away shows all rows. An address that asks
   for what no row has is told so: a figure of 0 must not lead to everything. Without this script the whole table stands
   there. */
(() => {
  "use strict";

  const FEW = 5; // rows that are seen at a glance
  const asked = new URLSearchParams(location.search);
  const filters = [];

  class Filter {
    constructor(tables, number) {
      this.parts = tables.map((table) => ({ table, rows: rowsOf(table) }));
      this.rows = this.parts.flatMap((part) => part.rows);
      this.texts = this.rows.map((row) => plain(`${row.textContent} ${row.dataset.words || ""}`));
      this.prefix = number ? `${number + 1}.` : "";
      this.buildForm(tables[0]);
    }

    /* A glance is enough for a few rows; things as long as a section are chosen by what they have, be they ever so few. */
    get needed() {
      const long = !this.parts[0].table.tBodies && this.lists.length > 0;
      return long || this.rows.length > FEW || this.names.some((name) => asked.has(name));
    }

    get names() {
      return ["words", ...this.lists.map(({ column }) => column)].map((column) => this.prefix + column);
    }

    place(place) {
      const [{ table }] = this.parts;
      if (place) place.append(this.form);
      else (table.closest("[role='region']") || table).before(this.form);
      if (this.parts.length > 1) this.parts.forEach((part) => { part.heading = headingOf(part.table); });
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

    /* A list of one value that all rows have would choose nothing. */
    list(column, title, group) {
      const wanted = asked.get(this.prefix + column);
      const found = new Map();
      for (const row of this.rows) for (const value of valuesOf(row, column)) if (!found.has(value)) found.set(value, row.dataset[group] || "");
      if (wanted && !found.has(wanted)) found.set(wanted, "");
      if (found.size < 2) return [];
      const select = field(this.form, title, "select");
      select.add(new Option("すべて", ""));
      const groups = new Set(Array.from(found.values()).filter(Boolean));
      for (const [value, name] of found) if (value) (groups.size > 1 && name ? groupOf(select, name) : select).append(new Option(value, value));
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

    read() {
      this.words.value = asked.get(`${this.prefix}words`) || "";
      for (const { column, select } of this.lists) select.value = asked.get(this.prefix + column) || "";
      this.apply();
    }

    apply() {
      const words = plain(this.words.value).split(" ").filter(Boolean);
      let shown = 0;
      this.rows.forEach((row, index) => {
        row.hidden = !(words.every((word) => this.texts[index].includes(word))
          && this.lists.every(({ column, select }) => !select.value || valuesOf(row, column).includes(select.value)));
        shown += row.hidden ? 0 : 1;
      });
      const chosen = this.chosen();
      this.reset.hidden = !chosen.length;
      this.hideEmpty();
      this.follow(chosen.length > 0);
      this.unfold(chosen.length > 0);
      const all = `全${this.rows.length}件`;
      this.count.value = !chosen.length ? all : shown ? `${shown}件を表示（${all}）` : `条件に合うものはありません（${all}）`;
      this.count.dataset.chosen = chosen.map(([, title, value]) => `${title} ${value}`).join("　");
    }

    hideEmpty() {
      for (const { table, rows, heading } of this.parts) {
        if (heading) table.hidden = heading.hidden = rows.every((row) => row.hidden);
      }
    }

    /* What stands for a row elsewhere on the page (data-of) goes with it; a group of such things when none is left. */
    follow(filtered) {
      const hidden = new Map(this.rows.map((row) => [row.id, row.hidden]));
      const left = (one) => one.dataset.of.split(" ").filter((id) => hidden.get(id) === false).length;
      const ours = (one) => one.dataset.of.split(" ").some((id) => hidden.has(id));
      for (const one of document.querySelectorAll("[data-of]")) if (ours(one)) one.hidden = !left(one);
      for (const group of document.querySelectorAll(`[data-follows="${this.form.parentElement.id}"]`)) {
        const parts = Array.from(group.querySelectorAll("[data-of]"));
        group.hidden = filtered && parts.every((one) => one.hidden);
        const counted = group.querySelector("[data-counted]");
        if (counted) counted.textContent = parts.reduce((sum, one) => sum + left(one), 0);
      }
    }

    /* What is folded opens where something chosen lies in it, and folds again when nothing is chosen. */
    unfold(filtered) {
      for (const { table, rows } of this.parts) {
        const folded = table.closest("details.fold");
        if (!folded) continue;
        const { was } = folded.dataset;
        folded.hidden = table.hidden;
        const counted = folded.querySelector(":scope > summary [data-counted]");
        if (counted) counted.textContent = rows.filter((row) => !row.hidden).length;
        if (filtered && was === undefined) {
          folded.dataset.was = folded.open ? "open" : "";
          folded.open = true;
        } else if (!filtered && was !== undefined) {
          folded.open = was === "open";
          delete folded.dataset.was;
        }
      }
    }
  }

  function rowsOf(table) {
    return table.tBodies ? Array.from(table.tBodies).flatMap((body) => Array.from(body.rows)) : Array.from(table.querySelectorAll(":scope > [data-item]"));
  }

  function valuesOf(row, column) {
    return (row.dataset[column] || "").split("|");
  }

  function groupOf(select, name) {
    const there = Array.from(select.querySelectorAll("optgroup")).find((one) => one.label === name);
    const group = there || select.appendChild(document.createElement("optgroup"));
    group.label = name;
    return group;
  }

  function field(form, title, kind) {
    const label = form.appendChild(document.createElement("label"));
    label.append(title, " ");
    return label.appendChild(document.createElement(kind));
  }

  /* The heading that a table stands under, in its block or above it. */
  function headingOf(table) {
    for (let place = table; place; place = place.previousElementSibling || place.parentElement) {
      if (place.matches("h2")) return place;
    }
    return null;
  }

  /* One form for full and half width, capital and small letters, and all kinds of space. */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  /* The address is replaced, not added to: one step back leaves the page, as without a filter. */
  function remember(filter) {
    const address = new URL(location.href);
    for (const name of filter.names) address.searchParams.delete(name);
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

  /* A link into what is folded opens it, a link to the heading above it too. */
  function open(found) {
    const below = found.matches("h2") && found.nextElementSibling ? found.nextElementSibling.querySelector(":scope > details.fold:not([open])") : null;
    let opened = false;
    for (let one = below || found.closest("details:not([open])"); one; one = one.parentElement.closest("details:not([open])")) {
      one.open = opened = true;
    }
    return opened;
  }

  function reveal(hash) {
    const found = target(hash);
    if (found && open(found)) found.scrollIntoView();
    const hidden = found && found.closest(":is(tr, [data-item], h2)[hidden]");
    const filter = hidden && filters.find(({ rows, parts }) => rows.includes(hidden) || parts.some(({ heading }) => heading === hidden));
    if (!filter) return;
    filter.clear();
    open(found);
    found.scrollIntoView();
  }

  const tables = Array.from(document.querySelectorAll("[data-filter]"));
  const shared = new Map();
  for (const table of tables) {
    const place = table.dataset.filterAt ? document.getElementById(table.dataset.filterAt) : null;
    shared.set(place || table, [...(shared.get(place || table) || []), table]);
  }
  Array.from(shared).forEach(([place, group], number) => {
    const filter = new Filter(group, number);
    if (!filter.needed) return;
    filter.place(place === group[0] ? null : place);
    filters.push(filter);
  });

  filters.forEach((filter) => filter.read());
  if (filters.some((filter) => filter.chosen().length)) target(location.hash)?.scrollIntoView(); // rows above it went away
  reveal(location.hash);
  addEventListener("hashchange", () => reveal(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) setTimeout(() => reveal(link.hash));
  });
})();
