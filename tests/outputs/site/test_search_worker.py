"""The search as a reader meets it: our worker in Chromium, over http and from a disc, and in the theme's dialog."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.outputs.site import searchindex
from tests.support import ROOT

pytestmark = pytest.mark.slow

SITE = ROOT / "templates/site"
SCRIPTS = ("iframe-worker.js", "search.js", "search-words.js", "search-worker.js")


def _page(title: str, body: str, parts: Mapping[str, tuple[str, str]] | None = None) -> str:
    """A page's Markdown with its headings by anchor."""
    headed = "".join(f'<h2 id="{name}">{head}</h2><p>{text}</p>' for name, (head, text) in (parts or {}).items())
    return f'# {title}\n\n<div class="nohin"><p>{body}</p>{headed}</div>\n'


def _clauses(title: str, rows: Mapping[str, tuple[str, str, str]]) -> str:
    cells = "".join(
        f'<tr id="c-{name}"><th scope="row">{printed}</th><td><strong>{head}</strong><br>{text}</td></tr>'
        for name, (printed, head, text) in rows.items()
    )
    return f"# {title}\n\n<div><table>{cells}</table></div>\n"


PAGES = {
    "index": _page("契約の一覧", "契約は二つ。"),
    "dictionary": _page("データ辞書", "例　７（１）④"),
    "ko/index": _page(
        "甲市システム保守", "受注者は見本社。", {"duties": ("一覧表の外の義務", "求めに応じて ７（１）④")}
    ),
    "ko/deadlines": _page("期限", "すべての期限。", {"d-1": ("作業実績報告書　令和8年5月10日（日）", "毎月")}),
    "ko/clauses/index": _clauses(
        "仕様書の条項",
        {
            "7": ("７", "保守内容", "内容を定める。"),
            "7-1-4": ("７（１）④", "問合せへの支援", "問合せを支援する。"),
            "17-1-4": ("１７（１）④", "別の条", "別の定め。"),
            "8-1-2-ア": ("８（１）②ア", "提案", "利点。"),
        },
    ),
    "ko/clauses/terms": _clauses(
        "別記２　情報の特記事項",
        {"9-1-2": ("第９条第１項第２号", "脆弱性対策", "修正する。"), "9": ("第９条", "維持", "保つ。")},
    ),
    "ko/documents/report": _page(
        "障害復旧作業報告書（掲示板）",
        "障害の報告です。サーバー室で作業した。",
        {"cause": ("原因", "ＲＰＯ　文書0007　リスクの分析"), "people": ("担当", "髙橋　𠮷雄、山田 太郎")},
    ),
    "ko/documents/notes": _page(
        "会議の記録",
        "開催日　令和8年4月10日（金）。サーバルームの点検を決めた。",
        {"first": ("その一", "復旧の手順を話した。令和元年５月から。"), "second": ("その二", "掲示板のことを話した。")},
    ),
    "ko/documents/recovery": _page("復旧", "手順。", {"steps": ("復旧の手順", "止めて、起こす。")}),
    "otsu/index": _page("乙市業務委託", "受注者は例示社。"),
    "otsu/documents/report": _page("障害復旧作業報告書（回線）", "2026-04-10 に開いた。３ヶ月。description"),
    "otsu/documents/hostile": _page(
        "&lt;img src=x onerror=alert(1)&gt;", "危ない &lt;script&gt;alert(1)&lt;/script&gt; な本文 it&#39;s \\n"
    ),
}
"""Two contracts, 甲 and 乙, by page."""

ENTRIES = [entry for name, text in PAGES.items() for entry in searchindex.entries(f"{name}.html", name, text)]


def _put(site: Path) -> None:
    for name in SCRIPTS:
        (site / "assets").mkdir(parents=True, exist_ok=True)
        shutil.copy(SITE / name, site / "assets" / name)
    for path, content in {searchindex.INDEX: searchindex.script(ENTRIES), **searchindex.stub()}.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(content)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages built with the theme and our search."""
    place = tmp_path_factory.mktemp("search")
    for name, text in PAGES.items():
        (place / "pages" / f"{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (place / "pages" / f"{name}.md").write_text(f"---\nsearch:\n  exclude: true\n---\n\n{text}", encoding="utf-8")
    (place / "pages/search.css").write_bytes((SITE / "search.css").read_bytes())
    (place / "mkdocs.yml").write_text(
        "site_name: 納品\ndocs_dir: pages\nsite_dir: site\nuse_directory_urls: false\n"
        f"theme: {{name: material, language: ja, font: false, custom_dir: {SITE / 'theme'}}}\n"
        "plugins: [search]\nextra_css: [search.css]\nmarkdown_extensions: [attr_list]\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=place, check=True, capture_output=True)
    _put(place / "site")
    return place / "site"


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """Where the site is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=["served", "disc"])
def address(request: pytest.FixtureRequest, site: Path, served: str) -> str:
    """Where the site is, once served and once opened from a disc."""
    return site.as_uri() if request.param == "disc" else served


@dataclass(frozen=True)
class Answer:
    """What the worker says to a query."""

    groups: list[list[dict[str, Any]]]
    found: dict[str, Any] | None
    suggest: list[str]

    @property
    def best(self) -> list[str]:
        """The best place of each page, without what is to be highlighted."""
        return [_place(max(group, key=lambda item: item["score"])) for group in self.groups]

    @property
    def places(self) -> set[str]:
        """All places that fulfil the query in themselves."""
        return {_place(item) for group in self.groups for item in group if all(item["terms"].values())}


def _place(item: dict[str, Any]) -> str:
    path, _, anchor = item["location"].partition("#")
    return path.split("?")[0].removesuffix(".html") + (f"#{anchor}" if anchor else "")


READY = """() => new Promise((done) => {
  let told = () => {};
  const worker = new Worker("assets/search-worker.js");
  worker.addEventListener("message", ({ data }) => (data.type === 1 ? done() : told(data.data)));
  const asked = (type, data) => new Promise((answered) => {
    told = answered;
    worker.postMessage({ type, data });
  });
  window.ask = async (query, scope) => {
    await asked("scope", scope);
    return asked(2, query);
  };
  worker.postMessage({ type: 0, data: {} });
})"""

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(browser: Any, served: str) -> Iterator[Ask]:
    """Asks one worker, as if the reader were on a page of a contract."""
    page = browser.new_page()
    page.goto(f"{served}/index.html")
    page.evaluate(READY)

    def asked(query: str, contract: str = "", only: bool = False) -> Answer:
        said = page.evaluate("([q, scope]) => ask(q, scope)", [query, {"contract": contract, "only": only}])
        return Answer(said["items"], said["found"], said.get("suggest", []))

    yield asked
    page.close()


REPORTS = {"ko/documents/report", "otsu/documents/report"}


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("復旧作業", "ko/documents/report"),
        ("障害復旧作業報告書（掲示板）", "ko/documents/report"),
        ("ＲＰＯ", "ko/documents/report#cause"),
        ("rpo", "ko/documents/report#cause"),
        ("0007", "ko/documents/report#cause"),
        ("文書０００７", "ko/documents/report#cause"),
        ("山田太郎", "ko/documents/report#people"),
        ("山田　太郎", "ko/documents/report#people"),
        ("高橋 吉雄", "ko/documents/report#people"),
        ("ｻｰﾊﾞｰ室", "ko/documents/report"),
        ("サーバ室", "ko/documents/report"),
        ("サーバールーム", "ko/documents/notes"),
        ("3か月", "otsu/documents/report"),
        ("令和1年5月", "ko/documents/notes#first"),
        ("平成31年5月", "ko/documents/notes#first"),
        ("2019-05", "ko/documents/notes#first"),
        ("リース", None),
        ("007", "ko/documents/report#cause"),
        ("クラウド", None),
    ],
)
def test_words_are_found_however_they_are_written(ask: Ask, query: str, place: str | None) -> None:
    """Inside compounds, in any width, glued to digits, with other spaces, dashes, letters of names and long vowels."""
    found = ask(query).best
    assert found[:1] == ([place] if place else []), found


@pytest.mark.parametrize(
    "query", ["7-1-4", "７（１）④", "7(1)4", "第7の1(4)", "第七条第一項第四号", "7 （1） ④", "７－１－４", "７ー１ー４"]
)
def test_clause_numbers_in_every_style(ask: Ask, query: str) -> None:
    """The clause itself comes first, then where it is cited as printed; 17(1)④ is another clause."""
    found = ask(query).best
    assert found == ["ko/clauses/index#c-7-1-4", "ko/index#duties", "dictionary"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("別記2-9-1-2", "ko/clauses/terms#c-9-1-2"),
        ("別記２ 第９条第１項第２号", "ko/clauses/terms#c-9-1-2"),
        ("第９条", "ko/clauses/terms#c-9"),
        ("8(1)②ア", "ko/clauses/index#c-8-1-2-%E3%82%A2"),
        ("7-1-4 支援", "ko/clauses/index#c-7-1-4"),
        ("7-1", "ko/clauses/index#c-7-1-4"),
    ],
)
def test_clause_numbers_with_letters_and_with_the_name_of_their_set(ask: Ask, query: str, first: str) -> None:
    """A label is looked for in the title of the page; a number also finds what is below it."""
    assert ask(query).best[0] == first


@pytest.mark.parametrize(
    "query",
    [
        "令和8年4月10日",
        "令和８年４月１０日（金）",
        "令和 8年 4月 10日",
        "R8.4.10",
        "r8/04/10",
        "2026-04-10",
        "２０２６－０４－１０",
        "2026/4/10",
        "2026年4月10日",
        "20260410",
        "4月10日",
        "4/10",
    ],
)
def test_dates_in_both_calendars(ask: Ask, query: str) -> None:
    """A day is found in whatever form a page prints it."""
    assert set(ask(query).best) == {"ko/documents/notes", "otsu/documents/report"}


@pytest.mark.parametrize("query", ["令和8年4月", "2026-04", "2026年4月", "R8.4"])
def test_months_in_both_calendars(ask: Ask, query: str) -> None:
    """A month is found in its days, and not in other months."""
    assert set(ask(query).best) == {"ko/documents/notes", "otsu/documents/report"}


def test_a_day_is_not_the_beginning_of_another(ask: Ask) -> None:
    """The first of April is not the tenth."""
    assert ask("令和8年4月1日").best == []
    assert ask("令和8年5月1日").best == []
    assert ask("2026-05-10").best == ["ko/deadlines#d-1"]


def test_several_words_are_all_wanted(ask: Ask) -> None:
    """In one place; else in the places of one page, and then it is said what each lacks. The contract's name helps."""
    assert ask("復旧 手順").places == {
        "ko/documents/notes#first",
        "ko/documents/recovery",
        "ko/documents/recovery#steps",
    }
    apart = ask("手順 掲示板の")
    assert apart.best == ["ko/documents/notes#first"]
    assert [item["terms"] for item in apart.groups[0] if "#" in item["location"]] == [
        {"手順": True, "掲示板の": False},
        {"手順": False, "掲示板の": True},
    ]
    assert ask("乙市 障害復旧").best == ["otsu/documents/report"]
    assert ask("復旧 クラウド").best == []


def test_quotes_ask_for_the_very_words(ask: Ask) -> None:
    """What stands in quotes is one word, with its spaces; a quote that is not closed yet is no word."""
    assert ask('"復旧の手順"').best == ["ko/documents/recovery#steps", "ko/documents/notes#first"]
    assert ask("「手順の復旧」").best == []
    assert ask('"復旧の手順').best == ask("復旧の手順").best


def test_order(ask: Ask) -> None:
    """The page of that name, pages with it in the title, headings, text."""
    assert ask("復旧").best == [
        "ko/documents/recovery",
        "ko/documents/report",
        "otsu/documents/report",
        "ko/documents/notes#first",
    ]


def test_own_contract_comes_first(ask: Ask) -> None:
    """Of what is equally well found; and on demand nothing else is shown, but how much there is elsewhere is said."""
    assert ask("障害復旧作業報告書").best == ["ko/documents/report", "otsu/documents/report"]
    assert ask("障害復旧作業報告書", "otsu").best == ["otsu/documents/report", "ko/documents/report"]
    only = ask("障害復旧作業報告書", "otsu", only=True)
    assert only.best == ["otsu/documents/report"]
    assert only.found == {"pages": 1, "places": 1, "shown": 1, "elsewhere": 1}


def test_latin_words_begin_where_they_begin(ask: Ask) -> None:
    """The inside of a word is found where nothing else is."""
    assert ask("desc").best == ["otsu/documents/report"]
    assert ask("script").best == ["otsu/documents/hostile"]
    assert ask("cription").best == ["otsu/documents/report"]


def test_results_name_their_contract_and_show_the_place(ask: Ask) -> None:
    """Title and teaser carry marks, the address the words as they are printed, the page its contract."""
    page = ask("rpo").groups[0][0]
    assert (page["title"], page["tags"]) == ("障害復旧作業報告書（掲示板）", ["甲市システム保守"])
    part = ask("rpo").groups[0][1]
    assert part["text"] == "<mark>ＲＰＯ</mark> 文書0007 リスクの分析"
    assert part["location"].startswith("ko/documents/report.html?found=%EF%BC%B2%EF%BC%B0%EF%BC%AF#")
    assert ask("障害復").suggest == ["障害復旧作業報告書（掲示板）"]


@pytest.mark.parametrize(
    "query", ["", "　", "(", ".*", "\\", "[", "a" * 5000, "\x00\x01\x03", "?+*", '"', "\ud842", "- -", "※"]
)
def test_no_query_does_harm(ask: Ask, query: str) -> None:
    """Signs mean themselves, however many there are."""
    assert isinstance(ask(query).groups, list)


def test_hostile_text_is_text(ask: Ask) -> None:
    """The theme writes titles and teasers as HTML: whatever comes from data is escaped."""
    page = ask("危ない").groups[0][0]
    assert page["title"] == "&lt;img src=x onerror=alert(1)&gt;"
    assert page["text"] == ("<mark>危ない</mark> &lt;script&gt;alert(1)&lt;/script&gt; な本文 it&#39;s \\n")
    marked = ask("<img").groups[0][0]
    assert marked["title"] == "<mark>&lt;img</mark> src=x onerror=alert(1)&gt;"


def test_a_lost_index_is_said(browser: Any, tmp_path: Path) -> None:
    """Without the index the reader is told, and the theme gets an answer."""
    _put(tmp_path)
    (tmp_path / searchindex.INDEX).unlink()
    (tmp_path / "index.html").write_text('<body><script src="assets/iframe-worker.js"></script>', encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.evaluate(READY)
    said = page.evaluate("() => ask('語', { contract: '', only: false })")
    assert said == {"items": [], "found": {"failed": True}}
    page.close()


# --- in the theme's dialog --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[Any]:
    """A reader, who opens a page anew for each test."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def visit(reader: Any, address: str) -> Iterator[Any]:
    """A page inside contract 甲, with what it asked for and complained about."""
    page = reader.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}/ko/documents/notes.html")
    yield page
    assert page.complaints == []
    page.close()


def _links(page: Any, said: str = "に見つかりました。") -> list[str]:
    """Where the results lead, when the dialog says so."""
    page.wait_for_function("said => document.querySelector('.search-status').textContent.includes(said)", arg=said)
    return [str(link.get_attribute("href")) for link in page.locator(".md-search-result__item > a").all()]


def test_a_page_costs_nothing_until_one_searches(visit: Any) -> None:
    """The index is loaded when the dialog opens; it has a name, and says what can be asked."""
    visit.wait_for_load_state("networkidle")
    assert not any(url.endswith(searchindex.INDEX) for url in visit.asked)
    visit.locator("input.md-search__input").click()
    dialog = visit.get_by_role("dialog", name="検索")
    assert "条項の番号" in dialog.get_by_role("status").inner_text()
    dialog.get_by_role("textbox").press_sequentially("復旧")
    _links(visit)
    assert sum(url.endswith(searchindex.INDEX) for url in visit.asked) == 1


def test_the_scope_is_chosen_with_the_keyboard(visit: Any) -> None:
    """Tab leads to the box and not out of the dialog; the count is said, and the choice holds on the next page."""
    box = visit.locator("input.md-search__input")
    box.click()
    box.press_sequentially("障害復旧作業")
    assert [link.split("/")[-3] for link in _links(visit, "2ページの2か所に見つかりました。")] == ["ko", "otsu"]
    box.press("Tab")
    visit.keyboard.press("Space")
    own = _links(visit, "1ページの1か所に見つかりました。ほかの契約に1ページあります。")
    assert [link.split("/")[-3] for link in own] == ["ko"]
    assert visit.get_by_role("checkbox", name="この契約の中だけ").is_checked()
    visit.keyboard.press("ArrowDown")
    visit.keyboard.press("Enter")
    visit.wait_for_url("**/ko/documents/report.html*")
    assert visit.locator(".search-bar input").is_checked()


def test_the_words_are_highlighted_where_they_were_found(visit: Any) -> None:
    """Enter leads to the best place; the words are highlighted as printed, and the address is clean again."""
    box = visit.locator("input.md-search__input")
    box.click()
    box.fill("rpo")
    _links(visit)
    box.press("Enter")
    visit.wait_for_url("**/ko/documents/report.html#cause")
    words = visit.evaluate("[...CSS.highlights.get('found')].map(String)")
    assert words == ["ＲＰＯ"]


def test_pages_of_all_contracts_have_no_scope(visit: Any, address: str) -> None:
    """At home there is nothing to choose."""
    visit.goto(f"{address}/index.html")
    assert visit.locator(".search-bar").count() == 1
    assert visit.locator(".search-bar input").count() == 0
