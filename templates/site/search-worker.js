/* The site's search, in place of the theme's: speaks the theme's messages, searches our own index. The index is loaded
   when the dialog opens, so a page costs nothing; from a disc this script runs in a hidden frame (iframe-worker.js).
   Every place of every page is looked through for each query: some 10 MB of text take milliseconds. */
(() => {
  "use strict";

  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;

  const here = typeof document === "undefined" ? self.location.href : document.currentScript.src;
  const SCRIPTS = ["search-words.js", "../search/index.js"].map((name) => new URL(name, here).href);

  /* How much is shown: pages (of so many that may be), places of a page at once and on demand, letters around. */
  const PAGES = 50;
  const CANDIDATES = 100;
  const OPEN = 3;
  const FOLDED = 9;
  const BEFORE = 24;
  const AROUND = 110;
  const HIGHLIGHTS = 8;

  /* --- the index --------------------------------------------------------------------------------------- */

  let loading = null;
  let pages = [];
  let places = [];
  let numbered = [];

  async function load() {
    await importScripts(...SCRIPTS);
    const { fold, stepsOf } = searchWords;
    const plain = (title) => fold(title.replace(/\u3000/g, " "));
    for (const [path, parts] of searchIndex) {
      const page = { path, order: pages.length, contract: path.includes("/") ? path.split("/")[0] : "", places: [] };
      /* Overviews first; last what speaks of changes, and the pages of all contracts, which repeat. */
      page.weight = /(^|\/)index\.html$/.test(path) ? 1 : !page.contract || path.includes("/changes/") ? -1 : 0;
      for (const [anchor, title, text, numbers] of parts) {
        const place = { page, anchor, title, text, index: places.length, head: plain(title), body: fold(text) };
        place.bare = place.head.replace(/ /g, "");
        place.numbers = new Set((numbers || []).map((number) => stepsOf(fold(number)).join("-")));
        place.printed = numbers && numbers[1] ? fold(numbers[1]) : "";
        places.push(place);
        page.places.push(place);
        if (numbers) numbered.push(place);
      }
      [page.place] = page.places;
      pages.push(page);
    }
    const names = new Map(pages.map((page) => [page.path, page.place]));
    for (const page of pages) page.overview = names.get(`${page.contract}/index.html`) || null;
    self.searchIndex = null;
  }

  /* --- what is found where ----------------------------------------------------------------------------- */

  /* How a place fulfils a wish, the better the higher. */
  const IN_TEXT = 1;
  const UNDER_NUMBER = 2;
  const IN_HEAD = 3;
  const AT_NUMBER = 4;

  /* Where the first pattern that is found ends, or 0. */
  function endIn(text, patterns) {
    for (const pattern of patterns) {
      pattern.lastIndex = 0;
      if (pattern.test(text)) return pattern.lastIndex;
    }
    return 0;
  }

  function readsAs(place, readings, fits) {
    return readings.some(({ label, key }) => (
      (!label || place.page.place.head.includes(label)) && [...place.numbers].some((number) => fits(number, key))
    ));
  }

  const isClause = (readings) => numbered.some((place) => readsAs(place, readings, (number, key) => number === key));

  /* How each place fulfils a wish and where in its text, and which pages have it in their contract's name; and the pages
     that are left, where something fulfils it. */
  function fulfilled(wish, among, patterns) {
    const one = { levels: levelsByNumber(wish.clauses), ends: new Uint32Array(places.length), names: new Set() };
    one.left = among.filter((page) => {
      if (page.overview && endIn(page.overview.head, patterns)) one.names.add(page);
      let any = one.names.has(page);
      for (const { index, head, body } of page.places) {
        if (one.levels[index] < IN_HEAD && endIn(head, patterns)) one.levels[index] = IN_HEAD;
        one.ends[index] = endIn(body, patterns);
        if (one.ends[index]) one.levels[index] = Math.max(one.levels[index], IN_TEXT);
        any = any || one.levels[index] > 0;
      }
      return any;
    });
    return one;
  }

  function levelsByNumber(readings) {
    const levels = new Uint8Array(places.length);
    for (const place of readings.length ? numbered : []) {
      if (readsAs(place, readings, (number, key) => number === key)) levels[place.index] = AT_NUMBER;
      else if (readsAs(place, readings, (number, key) => number.startsWith(`${key}-`))) levels[place.index] = UNDER_NUMBER;
    }
    return levels;
  }

  /* A clause is also found where its number is cited as it is printed. */
  function withCitations(wish) {
    const isThis = (number, key) => number === key && key.includes("-");
    const printed = numbered.filter((place) => wish.clauses.length && readsAs(place, wish.clauses, isThis));
    const forms = new Set(printed.map((place) => place.printed).filter(Boolean));
    const cited = [...forms].map((form) => searchWords.citation(form));
    return { ...wish, patterns: [...wish.patterns, ...cited] };
  }

  function findings(wishes) {
    let left = pages;
    const found = wishes.map((wish) => {
      let one = fulfilled(wish, left, wish.patterns);
      if (!one.left.length && wish.loose.length) one = fulfilled(wish, left, wish.loose);
      left = one.left;
      return one;
    });
    return { found, left };
  }

  /* --- the order --------------------------------------------------------------------------------------- */

  const [APART, HELPED, TEXT, NUMBER, HEADING, EXACT_HEADING, TITLE, EXACT] = [1, 2, 3, 4, 5, 6, 7, 8];

  /* How well a place fulfils all wishes; 0 if it does not. What it lacks may stand in the page's title or the contract's. */
  function tierOf(place, found, whole) {
    const { page, index } = place;
    let [any, all, atop, named] = [false, true, true, false];
    for (const { levels, names } of found) {
      const level = levels[index];
      const helped = levels[page.place.index] >= IN_HEAD || names.has(page);
      if (!level && !helped) return 0;
      any = any || level > 0;
      all = all && level > 0;
      atop = atop && (level >= IN_HEAD || helped);
      named = named || level >= IN_HEAD;
    }
    if (!any) return 0;
    const alone = found.length === 1 ? found[0].levels[index] : 0;
    if (alone === AT_NUMBER || (place === page.place && place.bare === whole)) return EXACT;
    if (place.bare === whole) return EXACT_HEADING;
    if (atop && named) return place === page.place && page.weight >= 0 ? TITLE : HEADING;
    if (alone === UNDER_NUMBER) return NUMBER;
    return all ? TEXT : HELPED;
  }

  /* Where the patterns of each wish are found in a text, at most so many. */
  function spotsOf(text, wishes, most) {
    return wishes.map(({ patterns, loose }) => {
      const seen = spotsOfAny(text, patterns, most);
      return seen.length ? seen : spotsOfAny(text, loose, most);
    });
  }

  function spotsOfAny(text, patterns, most) {
    const spots = [];
    for (const pattern of patterns) {
      pattern.lastIndex = 0;
      for (let match = pattern.exec(text); match && spots.length < most; match = pattern.exec(text)) {
        spots.push([match.index, match.index + match[0].length]);
      }
    }
    return spots.sort((a, b) => a[0] - b[0]);
  }

  /* The shortest stretch of a text that has something of every wish that is found in it at all. */
  function stretch(spots) {
    const all = spots.flatMap((own, n) => own.map(([start, end]) => ({ n, start, end }))).sort((a, b) => a.start - b.start);
    const wanted = spots.filter((own) => own.length).length;
    const inside = new Map();
    let best = null;
    let first = 0;
    for (const last of all) {
      inside.set(last.n, (inside.get(last.n) || 0) + 1);
      for (; inside.size === wanted; first += 1) {
        const { n, start } = all[first];
        if (!best || last.end - start < best[1] - best[0]) best = [start, last.end];
        if (inside.get(n) === 1) inside.delete(n);
        else inside.set(n, inside.get(n) - 1);
      }
    }
    return best;
  }

  /* One number for what decides, in this order: how well, whose contract, how near (0 to 2), overview before detail, and
     what is left (less than 1). */
  function rank({ page }, tier, near, rest, scope) {
    const own = scope.contract && page.contract === scope.contract ? 100 : 0;
    return tier * 1000 + own + near * 10 + page.weight + 1 + rest;
  }

  const nearness = (far) => (far < 12 ? 2 : far < 60 ? 1 : 0);
  const isNamed = (tier) => tier >= HEADING || tier === NUMBER;
  const begins = (place, wishes) => (place.head.startsWith(wishes[0].word) ? 1 : 0);
  const lengthOf = (wishes) => wishes.reduce((sum, { word }) => sum + word.length, 0);

  /* Ranked by where things are found first: for all that there is. */
  function roughly(place, tier, wishes, found, scope) {
    if (isNamed(tier)) return rank(place, tier, begins(place, wishes), 0, scope);
    const ends = found.map((one) => one.ends[place.index]).filter(Boolean);
    const far = ends.length > 1 ? Math.max(...ends) - Math.min(...ends) - lengthOf(wishes) : 0;
    return rank(place, tier, ends.length > 1 ? nearness(far) : 0, 0, scope);
  }

  /* Ranked by the shortest stretch, the much shorter title, how often: for what may be shown. */
  function exactly(place, tier, wishes, scope) {
    if (isNamed(tier)) return rank(place, tier, begins(place, wishes), 0.9 / (1 + Math.floor(place.head.length / 20)), scope);
    const spots = spotsOf(place.body, wishes, 12);
    if (wishes.length === 1) return rank(place, tier, 0, Math.min(spots[0].length, 5) / 10, scope);
    const [start, end] = stretch(spots) || [0, 0];
    const far = Math.max(0, end - start - lengthOf(wishes));
    return rank(place, tier, nearness(far), 0.9 / (1 + far), scope);
  }

  const byRank = (a, b) => b.rank - a.rank || a.order - b.order;

  /* The places of a page that fulfil all wishes; else, where the page does as a whole, those that fulfil some. */
  function groupOf(page, wishes, found, whole, scope) {
    let members = [];
    for (const place of page.places) {
      const tier = tierOf(place, found, whole);
      if (tier) members.push({ place, tier, order: place.index });
    }
    if (!members.length) {
      const some = page.places.filter(({ index }) => found.some(({ levels }) => levels[index]));
      members = some.map((place) => ({ place, tier: APART, order: place.index }));
    }
    for (const member of members) member.rank = roughly(member.place, member.tier, wishes, found, scope);
    return { page, members, order: page.order, rank: Math.max(...members.map((member) => member.rank)) };
  }

  /* The best groups in their order, and in each its places. */
  function sorted(groups, wishes, scope) {
    const candidates = groups.sort(byRank).slice(0, CANDIDATES);
    for (const group of candidates) {
      for (const member of group.members) member.rank = exactly(member.place, member.tier, wishes, scope);
      group.members.sort(byRank);
      group.rank = group.members[0].rank;
    }
    return candidates.sort(byRank).slice(0, PAGES);
  }

  /* --- the answer -------------------------------------------------------------------------------------- */

  const HTML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const safe = (text) => text.replace(/[&<>"']/g, (char) => HTML[char]);

  /* The printed text from `start` to `end` as HTML, with marks; what is marked is noted as it is printed. */
  function marked(text, start, end, folded, spots, wishes, noted) {
    const ranges = spotsOf(folded, wishes, 200).flat()
      .map(([from, to]) => [spots[from], afterLetter(text, spots[to - 1])])
      .filter(([from, to]) => from >= start && to <= end)
      .sort((a, b) => a[0] - b[0]);
    let html = "";
    let at = start;
    for (const [from, to] of ranges) {
      if (from >= at) {
        noted.add(text.slice(from, to));
        html += `${safe(text.slice(at, from))}<mark>${safe(text.slice(from, to))}</mark>`;
        at = to;
      }
    }
    return html + safe(text.slice(at, end));
  }

  /* Behind the letter with all that belongs to it: the sign of a half-width ガ, the second half of a rare one. */
  function afterLetter(text, spot) {
    const more = /^[\uff9e\uff9f\u3099\u309a\udc00-\udfff\ufe00-\ufe0f]+/.exec(text.slice(spot + 1, spot + 4));
    return spot + 1 + (more ? more[0].length : 0);
  }

  function titleOf(place, wishes, noted) {
    const spots = [];
    const title = place.title.replace(/\u3000/g, " ");
    const folded = searchWords.fold(title, spots);
    return marked(place.title, 0, title.length, folded, spots, wishes, noted);
  }

  /* Some words around where most is found, or the beginning. */
  function teaserOf(place, wishes, noted) {
    const { text } = place;
    const spots = [];
    const folded = searchWords.fold(text, spots);
    const best = stretch(spotsOf(folded, wishes, 50));
    let start = best ? Math.max(0, spots[best[0]] - BEFORE) : 0;
    if (start < BEFORE / 2) start = 0;
    const end = letterAt(text, Math.min(text.length, start + AROUND));
    start = letterAt(text, start);
    const words = marked(text, start, end, folded, spots, wishes, noted);
    return `${start ? "…" : ""}${words}${end < text.length ? "…" : ""}`;
  }

  /* Not between the two halves of a letter. */
  function letterAt(text, spot) {
    return /[\udc00-\udfff]/.test(text.charAt(spot)) ? spot - 1 : spot;
  }

  /* A place as the theme wants it. The words to be highlighted on its page go with the address (search.js). */
  function itemOf(place, wishes, found, score, scope) {
    const noted = new Set();
    const title = titleOf(place, wishes, noted);
    const text = teaserOf(place, wishes, noted);
    const terms = {};
    for (const [n, { word }] of wishes.entries()) {
      terms[word] = [place, place.page.place].some(({ index }) => found[n].levels[index]) || found[n].names.has(place.page);
    }
    const item = { location: addressOf(place, noted), title, text, score, terms };
    const name = place.page.overview;
    if (place === place.page.place && name && name !== place && !scope.only) item.tags = [safe(name.title)];
    return item;
  }

  function addressOf({ page, anchor }, noted) {
    const words = new URLSearchParams([...noted].slice(0, HIGHLIGHTS).map((word) => ["found", word])).toString();
    return `${encodeURI(page.path)}${words ? `?${words}` : ""}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
  }

  /* The theme shows what has at least the first item's score, folds up the rest, and goes to the highest on Enter. */
  function shown({ page, members }, nth, wishes, found, scope) {
    const best = PAGES - nth;
    const item = (place, score) => itemOf(place, wishes, found, score, scope);
    const parts = members.filter(({ place }) => place !== page.place).map(({ place }) => place);
    if (members[0].place === page.place) {
      return [item(page.place, best), ...parts.slice(0, FOLDED).map((place) => item(place, 0))];
    }
    return [
      item(page.place, best - 0.5),
      ...parts.slice(0, OPEN).map((place, n) => item(place, n ? best - 0.5 : best)),
      ...parts.slice(OPEN, OPEN + FOLDED).map((place) => item(place, 0)),
    ];
  }

  /* What would complete the last word: the theme shows it behind the cursor. */
  function suggested(query, groups) {
    const last = query.split(/[\s-]+/).pop();
    const titles = groups.flatMap(({ members }) => members.slice(0, 1).map(({ place }) => place.title));
    return /^\D./.test(last) ? titles.filter((title) => title.startsWith(last) && title !== last).slice(0, 1) : [];
  }

  /* Everything the query finds, best first; deterministic. */
  function search(query, scope) {
    const wishes = searchWords.read(query, isClause).map(withCitations);
    if (!wishes.length) return { items: [], found: null };
    const whole = wishes.map(({ word }) => word.replace(/ /g, "")).join("");
    const { found, left } = findings(wishes);
    const all = left.filter((page) => page.places.some(({ index }) => found.some(({ levels }) => levels[index])));
    const inside = all.filter((page) => !scope.only || page.contract === scope.contract);
    const groups = inside.map((page) => groupOf(page, wishes, found, whole, scope));
    const best = sorted(groups, wishes, scope);
    return {
      items: best.map((group, nth) => shown(group, nth, wishes, found, scope)),
      suggest: suggested(query, best),
      found: {
        pages: groups.length,
        places: groups.reduce((sum, { members }) => sum + members.length, 0),
        shown: best.length,
        elsewhere: all.length - inside.length,
      },
    };
  }

  /* --- messages ---------------------------------------------------------------------------------------- */

  let scope = { contract: "", only: false };
  let wanted = "";

  /* Answers what was asked last, also when it was asked before the index was there. */
  async function answer() {
    if (!wanted.trim()) return postMessage({ type: RESULT, data: { items: [], found: null } });
    try {
      await (loading = loading || load());
    } catch {
      loading = null;
      return postMessage({ type: RESULT, data: { items: [], found: { failed: true } } });
    }
    return postMessage({ type: RESULT, data: search(wanted, scope) });
  }

  /* Beside the theme's messages two of ours (search.js): the dialog opens; where to search. */
  addEventListener("message", ({ data: message }) => {
    const { type, data } = message || {};
    if (type === SETUP) postMessage({ type: READY });
    if (type === "open") loading = loading || load().catch(() => { loading = null; });
    if (type === "scope") scope = data;
    if (type === QUERY) wanted = data;
    if (type === QUERY || type === "scope") answer();
  });
})();
