/* What was handed over since the reader was here last. The browser keeps, for the contracts a site tells of,
   which submissions the reader has seen: a site that came in another folder is no first visit. A visit is a day, so that
   they stay marked while one walks about. Without a place to keep it, the list of the last days stands as it was made.

   <div id="handed-over-lines" data-portfolio="mihon" data-first-told="2026-02-01">
                                                            the list; its rows have data-keys, a key a submission
   <strong data-visits="handed-over">5                         the figure */
(() => {
  "use strict";

  const figure = document.querySelector("[data-visits]");
  const list = figure && document.getElementById(`${figure.dataset.visits}-lines`);
  if (!list) return;

  const name = `nohin ${list.dataset.portfolio}`;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const rows = Array.from(list.querySelectorAll("tr[data-keys]"));
  const keysOf = (row) => row.dataset.keys.split(" ");

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(name)) || {};
    } catch {
      return {};
    }
  }

  /* The visit before today's, after today's is written down; nothing where nothing can be kept. */
  function before() {
    const { day, seen, before: earlier } = kept();
    const last = day === today ? earlier : day && { day, seen };
    try {
      localStorage.setItem(name, JSON.stringify({ day: today, seen: rows.flatMap(keysOf), before: last }));
    } catch {
      return null;
    }
    return last || { first: true };
  }

  function said(day) {
    const words = (options) => new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { timeZone: "UTC", ...options }).format(new Date(day));
    return `${words({ era: "long", year: "numeric", month: "long", day: "numeric" })}（${words({ weekday: "short" })}）`;
  }

  function line(text) {
    const words = document.createElement("p");
    words.className = "visit";
    words.textContent = text;
    list.prepend(words);
  }

  function mark(row) {
    const tag = document.createElement("span");
    tag.className = "tag";
    tag.textContent = "前回のあと";
    row.querySelector("th").prepend(tag, " ");
    row.classList.add("new");
    row.closest("details")?.setAttribute("open", "");
  }

  function compare({ day, seen }) {
    const known = new Set(seen);
    const added = rows.flatMap(keysOf).filter((key) => !known.has(key)).length;
    rows.filter((row) => keysOf(row).some((key) => !known.has(key))).forEach(mark);
    const older = day < list.dataset.firstTold ? `${said(list.dataset.firstTold)}より前の提出は、ここに載っていません。` : "";
    line(`前回ご覧になったのは${said(day)}です。そのあと加わった提出は${added}件です。${older}`);
    const built = document.createElement("span");
    built.className = "built";
    built.textContent = `${figure.previousElementSibling.textContent} ${figure.textContent}`;
    figure.after(built);
    figure.previousElementSibling.textContent = "前回からの提出";
    figure.firstChild.textContent = added;
  }

  const last = before();
  if (last && last.first) line("次にご覧になるときから、前回のあとに加わった提出に印が付きます。");
  else if (last) compare(last);
})();
