/* How the search compares: one form for all ways of writing a word, and what a query asks for. Loaded by the search
   worker beside the index; texts come as they are printed, an ideographic space between what stands apart. */
var searchWords = (() => {
  "use strict";

  /* --- one form for all ways of writing ---------------------------------------------------------------- */

  const GAP = 0x0a;
  const SPACE = 0x20;
  const HYPHEN = 0x2d;
  const LONG_VOWEL = 0x30fc;
  /* The first half of the signs that choose a variant of the letter before. */
  const VARIANT = 0xdb40;
  /* Kinds of character that depend on their neighbours; real characters are above. */
  const DROPPED = 1;
  const DASH = 2;
  const SEVERAL = 3;

  /* Letters of names that people type in their usual form. */
  const USUAL = {
    "髙": "高", "﨑": "崎", "嵜": "崎", "槗": "橋", "邊": "辺", "邉": "辺", "齋": "斎", "齊": "斎", "斉": "斎", "濵": "浜",
    "濱": "浜", "澤": "沢", "櫻": "桜", "廣": "広", "國": "国", "眞": "真", "德": "徳", "惠": "恵", "瀨": "瀬", "曾": "曽",
    "壽": "寿", "榮": "栄", "龍": "竜", "嶋": "島", "嶌": "島", "冨": "富", "舘": "館", "渕": "淵", "藪": "薮", "桒": "桑",
  };
  const PAIRS = { "𠮷": "吉", "𣘺": "橋" };

  const kinds = new Uint16Array(0x10000);
  const longer = new Map();

  function kindOf(code) {
    const char = String.fromCharCode(code);
    let plain = char.normalize("NFKC").toLowerCase();
    plain = USUAL[plain] || plain;
    if (code >= 0x2460 && code <= 0x2473) plain = `(${code - 0x245f})`;
    if (/^[\u200b-\u200d\u00ad\ufe00-\ufe0f\ufeff]$/.test(char)) return DROPPED;
    if (code === 0x3000 || code === GAP) return GAP;
    if (code < SPACE || /^\s*$/.test(plain)) return SPACE;
    if (/^[\u2010-\u2015\u2212\u2500\u2501\u30fc]$/.test(plain) || code === 0xff0d) return DASH;
    if (plain === "〜") return 0x7e;
    if (plain.length === 1) return plain.charCodeAt(0);
    longer.set(code, Array.from(plain, (one) => one.charCodeAt(0)));
    return SEVERAL;
  }

  const isKana = (code) => code > 0x3040 && code < 0x3100;
  const isDigit = (code) => code > 0x2f && code < 0x3a;
  const among = (chars) => {
    const codes = new Set(Array.from(chars, (char) => char.charCodeAt(0)));
    return (code) => codes.has(code);
  };
  const isCounter = among("ヶヵケカ箇");
  const isCounted = among("月所年国");
  const isEraEnd = among("和成");
  const [ORIGIN, YEAR, COUNTER, ONE] = Array.from("元年か1", (char) => char.charCodeAt(0));

  let codes = new Uint16Array(4096);
  const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });

  /* The form in which texts are compared: NFKC, small letters, one dash, usual letters of names, ヶ月 as か月, 元年 as 1年;
     spaces only between Latin letters. With `spots` it also says for each character which one of `text` it comes from. */
  function fold(text, spots) {
    if (codes.length < text.length * 18 + 2) codes = new Uint16Array(text.length * 20 + 2);
    let length = 0;
    let space = false;

    function put(code, spot) {
      if (space) {
        if (length && codes[length - 1] > SPACE && codes[length - 1] < 0x2000 && code < 0x2000) {
          if (spots) spots[length] = spot - 1;
          codes[length++] = SPACE;
        }
        space = false;
      }
      if (code === YEAR && length > 1 && codes[length - 1] === ORIGIN && isEraEnd(codes[length - 2])) {
        codes[length - 1] = ONE;
      } else if (isCounted(code) && length > 1 && isCounter(codes[length - 1]) && isDigit(codes[length - 2])) {
        codes[length - 1] = COUNTER;
      }
      if (spots) spots[length] = spot;
      codes[length++] = code;
    }

    for (let spot = 0; spot < text.length; spot += 1) {
      const code = text.charCodeAt(spot);
      const kind = kinds[code] || (kinds[code] = kindOf(code));
      const before = length && !space ? codes[length - 1] : 0;
      if (kind === SPACE) {
        space = true;
      } else if (kind === GAP) {
        space = false;
        if (length && codes[length - 1] !== GAP) {
          if (spots) spots[length] = spot;
          codes[length++] = GAP;
        }
      } else if (kind === DASH) {
        /* Typed between digits it means a hyphen, in a word of kana the long vowel, whichever key was used. */
        const vowel = isKana(before) && (code === LONG_VOWEL || code === 0xff70 || isKana(text.charCodeAt(spot + 1)));
        put(vowel ? LONG_VOWEL : HYPHEN, spot);
      } else if (kind === SEVERAL) {
        for (const one of longer.get(code)) put(one, spot);
      } else if (kind === 0x3099 || kind === 0x309a) {
        const joined = String.fromCharCode(before, kind).normalize("NFC");
        if (before && joined.length === 1) codes[length - 1] = joined.charCodeAt(0);
      } else if (kind >= 0xd800 && kind < 0xdc00) {
        const usual = PAIRS[text.slice(spot, spot + 2)];
        if (code === VARIANT) spot += 1;
        else if (usual) put(usual.charCodeAt(0), spot++);
        else put(code, spot);
      } else if (kind !== DROPPED) {
        put(kind, spot);
      }
    }
    return decoder.decode(codes.subarray(0, length));
  }

  /* --- dates ------------------------------------------------------------------------------------------- */

  const ERAS = [
    { names: ["令和", "r"], first: 20190501, last: 99991231 },
    { names: ["平成", "h"], first: 19890108, last: 20190430 },
    { names: ["昭和", "s"], first: 19261225, last: 19890107 },
  ];
  const WEEKDAY = "(?:\\([月火水木金土日]\\))?$";
  const WITH_YEAR = new RegExp(
    "^(?:(令和|平成|昭和|r|h|s)(\\d{1,2})|(\\d{4}))(?:年(度)?|[./-](?=\\d))"
      + `(?:(\\d{1,2})(?:月|[./-](?=\\d)|$)(?:(\\d{1,2})日?)?)?${WEEKDAY}`,
  );
  const WITHOUT_YEAR = new RegExp(`^(\\d{1,2})(?:月(\\d{1,2})日|/(\\d{1,2}))${WEEKDAY}`);
  const TOGETHER = /^(\d{4})(\d\d)(\d\d)$/;

  /* `{year, month, day, fiscal}` of a folded word that is a date, a month, a year or a fiscal year in either calendar. */
  function dateOf(word) {
    let found = WITH_YEAR.exec(word);
    if (found) {
      const era = ERAS.find(({ names }) => names.includes(found[1]));
      const year = era ? Math.floor(era.first / 10000) - 1 + Number(found[2]) : Number(found[3]);
      return real({ year, month: Number(found[5]), day: Number(found[6]), fiscal: Boolean(found[4]) });
    }
    found = TOGETHER.exec(word);
    if (found) return real({ year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) });
    found = WITHOUT_YEAR.exec(word);
    return found && real({ month: Number(found[1]), day: Number(found[2] || found[3]) });
  }

  function real(date) {
    const { year, month, day, fiscal } = date;
    const wrong = (year !== undefined && (year < 1926 || year > 2199)) || month > 12 || day > 31
      || (fiscal && month) || (month === 0) || (day === 0);
    return wrong ? null : date;
  }

  /* The date in every form that a page may print. */
  function datePattern({ year, month, day, fiscal }) {
    const sign = "[./-]";
    if (!year) {
      const signed = `0?${month}${sign}0?${day}(?!\\d)`;
      const after = `(?<=(?<!\\d)\\d{4}${sign}|(?<![a-z])[rhs]\\d{1,2}${sign})`;
      return new RegExp(`(?<!\\d)0?${month}月0?${day}日|${after}${signed}|(?<![\\d/])0?${month}/0?${day}(?![\\d/])`, "g");
    }
    const years = `(?<![\\da-z])(?:${yearNames(year, month, day).join("|")})`;
    if (fiscal) return new RegExp(`${years}年度`, "g");
    if (!month) return new RegExp(`${years}(?:年(?!度)|${sign}(?:0?[1-9]|1[0-2])(?!\\d))`, "g");
    if (!day) return new RegExp(`${years}(?:年|${sign})0?${month}(?!\\d)月?`, "g");
    const together = `(?<!\\d)${year}${two(month)}${two(day)}(?!\\d)`;
    return new RegExp(`${years}(?:年|${sign})0?${month}(?:月|${sign})0?${day}(?!\\d)日?|${together}`, "g");
  }

  const two = (number) => String(number).padStart(2, "0");

  /* The year's names: of each era that has a day of what is asked for. */
  function yearNames(year, month, day) {
    const from = Number(`${year}${two(month || 1)}${two(day || 1)}`);
    const to = Number(`${year}${two(month || 12)}${two(day || 31)}`);
    const eras = ERAS.filter(({ first, last }) => first <= to && from <= last);
    return [year, ...eras.map(({ names, first }) => `(?:${names.join("|")})0?${year - Math.floor(first / 10000) + 1}`)];
  }

  /* --- numbers of clauses ------------------------------------------------------------------------------ */

  const STEP = /\d+|[ア-ン]|[a-z]|※|(?:(?![第条項号章節番目])[一-龠々])+/g;
  const NUMBER = /^([一-龠々]*?)(第?[\d(※].*)$/;
  const STEPS_ONLY = /^(?:[第条項号章節の・.,\-() ※]|\d+|番目|[ア-ン](?![ア-ン])|[a-z](?![a-z])|参考|表)+$/;
  const KANJI = "〇一二三四五六七八九";
  const IN_KANJI = /(?<=第)[一二三四五六七八九十百]+|[一二三四五六七八九十百]+(?=[条項号])/g;

  /* 七 is 7, 十二 is 12, 百五 is 105. */
  function counted(kanji) {
    let [sum, last] = [0, 0];
    for (const char of kanji) {
      const unit = { 十: 10, 百: 100 }[char];
      sum += unit ? (last || 1) * unit : 0;
      last = unit ? 0 : KANJI.indexOf(char);
    }
    return sum + last;
  }

  /* A clause's number as its steps: 7-1-4 of 7(1)④, 7-1-4 and 第7の1(4). */
  const stepsOf = (folded) => folded.match(STEP) || [];

  /* The ways to read a folded word as a clause's number: `label` must be in the title of its page (別記2 of 別記2-9-1). */
  function clauseReadings(word) {
    const found = NUMBER.exec(word.replace(IN_KANJI, counted));
    if (!found || !STEPS_ONLY.test(found[2])) return [];
    const [, label] = found;
    const steps = stepsOf(found[2]);
    const readings = [{ label, key: steps.join("-") }];
    if (label && steps.length > 1) readings.push({ label: label + steps[0], key: steps.slice(1).join("-") });
    return readings;
  }

  /* --- what a query asks for --------------------------------------------------------------------------- */

  const escaped = (text) => text.replace(/[|\\{}()[\]^$+*?./-]/g, "\\$&");

  /* 「サーバルーム」 and 「サーバールーム」, 「ユーザ」 and 「ユーザー」 are the same: in a word of kana the long vowels may be
     there or not, but for the one after the first letter (リース is no リスク). */
  function lenient(word) {
    return escaped(word).replace(/([ァ-ヴ]ー?)([ァ-ヴ][ァ-ヴー]+|[ァ-ヴ](?<=ー.))/g, (_, first, others) => (
      first + Array.from(others.replace(/ー/g, ""), (char) => `${char}ー?`).join("")
    ));
  }

  /* A pattern for a folded word: numbers whole, Latin words from their beginning. */
  function wordPattern(word) {
    const before = /^\d/.test(word) ? "(?<!\\d)" : /^[a-z]/.test(word) ? "(?<![a-z])" : "";
    const after = /\d$/.test(word) ? "(?!\\d)" : "";
    return new RegExp(before + lenient(word) + after, "g");
  }

  /* One thing asked for: `patterns`, one of which has to be found; `loose`, what will do where they are found nowhere;
     `clauses`, its readings as a clause's number. */
  function wish(word) {
    const date = dateOf(word);
    const patterns = date ? [datePattern(date), wordPattern(word)] : [wordPattern(word)];
    return { word, patterns, loose: [new RegExp(escaped(word), "g")], clauses: clauseReadings(word) };
  }

  const exactly = (word) => ({ word, patterns: [new RegExp(escaped(word), "g")], loose: [], clauses: [] });

  /* The wishes of a query, all of which a place has to fulfil: what stands in quotes as it is, else word by word; the
     spaces inside a date in words, and inside the number of a clause that there is, part nothing. */
  function read(query, isClause) {
    const phrases = [];
    const rest = query.slice(0, LONGEST).replace(/["＂“]([^"＂”]*)["＂”]|「([^」]*)」/g, (_, ...inside) => {
      phrases.push(fold((inside[0] || inside[1] || "").replace(/\u3000/g, " ")));
      return " ";
    });
    const words = rest.replace(/["＂“”]/g, " ").split(/\s+/).map((word) => fold(word)).join(" ").trim();
    const parts = words.includes(" ") && isClause(clauseReadings(words)) ? [closed(words)] : dated(words).split(" ");
    return [...phrases.filter(Boolean).map(exactly), ...parts.filter(Boolean).map(wish)].slice(0, MOST);
  }

  /* Without the spaces that do not keep two numbers apart. */
  const closed = (words) => words.replace(/ (?=\D)|(?<=\D) /g, "");

  /* With the dates in words written together. */
  function dated(words) {
    return words
      .replace(/(令和|平成|昭和) (?=\d)/g, "$1")
      .replace(/(\d) (?=[年月日])/g, "$1")
      .replace(/([年月]) (?=\d{1,2}[月日])/g, "$1");
  }

  /* A clause's number as it is printed, folded, where it is cited. */
  const citation = (printed) => new RegExp(`(?<![\\d(])${escaped(printed)}(?!\\d)`, "g");

  const LONGEST = 200;
  const MOST = 12;

  return { fold, stepsOf, citation, read };
})();
