/* Counts dates down by the reader's own clock. What was written when the site was made stays as it is; this script only
   adds to it, and does nothing where the site is so old that a count would mislead.

   <time datetime="2026-04-10" data-countdown data-state="予定">   how many days until then, or how many over; nothing for
                                          what is done by its state. data-past is the word for days gone by (超過) and
                                          counts all the same, data-items how many things the date stands for (1)
   <time datetime="2026-04-01" data-as-of>    the day the page tells of
   <strong data-within="30" data-of="due">5   a figure: the things below #due-lines whose day is within 30 days;
                                          data-contract takes those of one contract only
   <strong data-passed="due">5            a figure, or a <p>, to which is added how many things below #due-lines have come to
                                          their day since
   <details data-window="30">             opens where it holds a date within 30 days */
(() => {
  "use strict";

  const SOON = 14;
  const OLD = 7;
  const TOO_OLD = 120;
  const DONE = ["提出済", "遅延提出", "検収済", "対象外"]; // the states of the rules
  const OURS = "data-by-clock";

  /* Days are counted in UTC, where each has 24 hours; the reader's day is that of the clock on the wall. */
  const days = (year, month, date) => Date.UTC(year, month, date) / 86400000;

  function dayOf(time) {
    const [year, month, date] = time.dateTime.split("-").map(Number);
    return days(year, month - 1, date);
  }

  function today() {
    const now = new Date();
    return days(now.getFullYear(), now.getMonth(), now.getDate());
  }

  function said(day) {
    const words = (options) => new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { timeZone: "UTC", ...options })
      .format(new Date(day * 86400000));
    return `${words({ era: "long", year: "numeric", month: "long", day: "numeric" })}（${words({ weekday: "short" })}）`;
  }

  /* One element of ours behind another, made once and filled again when the day changes. */
  function behind(place, name, text, kind = "span") {
    const last = place.nextElementSibling;
    const own = last && last.getAttribute(OURS) === name ? last : document.createElement(kind);
    if (own !== last) {
      own.setAttribute(OURS, name);
      own.className = name;
      place.after(own);
    }
    own.textContent = text;
    return own;
  }

  const inWords = (left, past) => (left > 0 ? `あと${left}日` : left < 0 ? `${-left}日${past}` : "今日");

  /* What the state would be by now, as far as a clock can tell. */
  function since(state, left) {
    if (left < 0 && ["予定", "期限間近"].includes(state)) return "（今日の時点では期日を過ぎています）";
    if (left < 0 && state === "まもなく") return "（今日の時点では期限切れ）";
    return state === "予定" && left <= SOON ? "（今日の時点では期限間近）" : "";
  }

  /* A row may tell of several dates, each before its state; where there is one state only, it is that of the row. */
  function stateOf(time) {
    const row = time.closest("tr, li");
    const states = row ? Array.from(row.querySelectorAll(".state")) : [];
    const after = states.filter((word) => time.compareDocumentPosition(word) & Node.DOCUMENT_POSITION_FOLLOWING);
    return after[0] || (states.length === 1 ? states[0] : null);
  }

  function count(time, now) {
    const { state, past } = time.dataset;
    if (DONE.includes(state) && !past) return;
    const left = dayOf(time) - now;
    const words = behind(time, "countdown", inWords(left, past || "超過"));
    words.classList.toggle("countdown-late", left < 0 && !past);
    words.classList.toggle("countdown-soon", left >= 0 && left <= SOON);
    if (since(state, left)) behind(stateOf(time) || words, "by-now", since(state, left));
  }

  function times(name, contract) {
    const found = document.querySelectorAll(`#${name}-lines time[data-countdown]`);
    return Array.from(found).filter((time) => !contract || time.dataset.contract === contract);
  }

  const sum = (found) => found.reduce((total, time) => total + Number(time.dataset.items || 1), 0);

  const near = (window, now) => (time) => dayOf(time) >= now && dayOf(time) - now <= Number(window);

  function recount(figure, now) {
    const { within, of, contract } = figure.dataset;
    const found = sum(times(of, contract).filter(near(within, now)));
    const number = figure.firstChild;
    if (!figure.dataset.built) figure.dataset.built = number.textContent;
    number.textContent = found;
    if (String(found) !== figure.dataset.built) behind(figure, "built", `作成時 ${figure.dataset.built}件`);
  }

  function passed(place, now) {
    const gone = sum(times(place.dataset.passed).filter((time) => dayOf(time) < now));
    if (!gone) return;
    if (place.matches("p")) behind(place, "made", `作成のあとに期日を過ぎたものが、ほかに${gone}件あります。`, "p");
    else behind(place, "built", `作成後に期日 ${gone}件`).classList.add("countdown-late");
  }

  function unfold(details, now) {
    const found = Array.from(details.querySelectorAll("time[data-countdown]")).filter(near(details.dataset.window, now));
    if (!found.length) return;
    details.open = true;
    behind(details.querySelector("summary"), "by-now", `今日から${details.dataset.window}日以内のもの ${sum(found)}件を含みます。`, "p");
  }

  /* Said once the site is some days old; before that only on paper, where nobody sees from which day it was counted. */
  function age(asOf, now) {
    const old = now - dayOf(asOf);
    if (old === 0) return;
    const made = `この表示は${said(dayOf(asOf))}の時点で作られました`;
    const counted = `日数は、お使いの端末の日付（${said(now)}）から数えています。`;
    const words = old < 0 ? `${made}。お使いの端末の日付（${said(now)}）は、それより前です。`
      : old > TOO_OLD ? `${made}（${old}日前）。古いため、今日からの日数は数えていません。`
        : `${made}（${old}日前）。${counted}その後の提出は、この表示には入っていません。`;
    behind(asOf.closest("p") || asOf, "made", words, "p").classList.toggle("on-paper", old > 0 && old <= OLD);
  }

  function tell() {
    const now = today();
    const asOf = document.querySelector("time[data-as-of]");
    if (asOf) age(asOf, now);
    if (asOf && now - dayOf(asOf) > TOO_OLD) return;
    document.querySelectorAll("time[data-countdown]").forEach((time) => count(time, now));
    document.querySelectorAll("[data-within]").forEach((figure) => recount(figure, now));
    document.querySelectorAll("[data-passed]").forEach((place) => passed(place, now));
    document.querySelectorAll("details[data-window]").forEach((details) => unfold(details, now));
  }

  tell();
  /* A page that is left open over night is read again in the morning. */
  document.addEventListener("visibilitychange", () => document.hidden || tell());
})();
