"""システム基本設計書: its chapters, what stands in them, and the parts that a system change makes read otherwise."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest
import yaml

from benchmarks.drawings import contract_with
from generator.documents.drawings.businesses import business_flow
from generator.intake.schema import DESIGN, load_schemas
from tests.designed import CHAPTER, KINDS, changed, designed_project, path_of
from tests.support import CONTRACT, WHOLE, Project, documents

FULL, DELTA = "mihon/system-design", "mihon/system-design-delta-2026-001"
LATER = "2026-06-30"
CHAPTERS = ["概要", "システム化業務", "システム構成", "ネットワーク", "機能", "画面", "帳票", "データ"]
CHAPTERS += ["外部インタフェース", "バッチ", "運用", "非機能要件", "設計上の決定", "トレーサビリティ"]
EMPTY = sorted(set(KINDS) - {"overview"} | {"subsystems"})
"""Every kind of which there may be nothing."""

ASKED = {
    f"{CONTRACT}/deliverables.yml": WHOLE[f"{CONTRACT}/deliverables.yml"]
    + """\
  - no: '3'
    title: システム基本設計書
    phrase: システム変更後２週間以内
    due:
      - event: changes
        within: 2 weeks of event.changed
"""
}

Make = Callable[..., Project]


def book_of(root: Path) -> lxml.html.HtmlElement:
    """The book of a project."""
    return lxml.html.fragment_fromstring(documents(root, LATER)[FULL], create_parent="div")


def made(make: Make, changes: Mapping[str, str | None] | None = None) -> lxml.html.HtmlElement:
    """The book of the designed project with some of its files other than there."""
    return book_of(make(designed_project({**ASKED, **(changes or {})})).root)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> lxml.html.HtmlElement:
    """The book of the designed project, made once."""
    return book_of(Project(tmp_path_factory.mktemp("book")).write(designed_project(ASKED)).root)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> lxml.html.HtmlElement:
    """The book of a system with nothing in it but the reasons why."""
    reasons = "".join(f"  - of: {kind}\n    reason: {kind} がないため\n" for kind in EMPTY)
    files: dict[str, str | None] = dict.fromkeys(KINDS) | {"overview": f"title: 空\nnothing:\n{reasons}"}
    files |= {CHAPTER: None, f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"]}
    plain = designed_project({**ASKED, **files})
    return book_of(Project(tmp_path_factory.mktemp("empty")).write(plain).root)


def said(element: lxml.html.HtmlElement) -> str:
    """What is read in it, without regard to where lines break."""
    return "".join(element.text_content().split())


def section(book: lxml.html.HtmlElement, name: str) -> str:
    """What is read below the heading of a part: `composition-servers`."""
    return said(book.xpath(f'//*[@id="b-{name}"]/..')[0])


def headings(book: lxml.html.HtmlElement, tag: str) -> list[str]:
    """The headings of a level without their numbers."""
    found = book.xpath(f'//section//{tag}[span[@class="no"]]')
    return [heading.text_content().partition("　")[2] for heading in found]


# --- the whole book ---------------------------------------------------------------------------------------------


def test_the_chapters_are_those_of_the_field(book: lxml.html.HtmlElement) -> None:
    """The book has its fourteen chapters in their order."""
    assert headings(book, "h2") == CHAPTERS


def test_no_chapter_is_left_out(empty: lxml.html.HtmlElement) -> None:
    """Of a system without anything every chapter is still there and says why it has nothing to tell."""
    assert headings(empty, "h2") == CHAPTERS
    for chapter in empty.xpath('//section[@class="book-chapter"][position() > 1]'):
        assert "該当なし（" in said(chapter), chapter.xpath("./h2")[0].text_content()


@pytest.mark.parametrize("kind", sorted(set(EMPTY) - {"modules", "tables", "tests", "errors", "codes"}))
def test_why_there_is_nothing(empty: lxml.html.HtmlElement, kind: str) -> None:
    """The reason that the overview gives for a kind stands in the chapter of that kind."""
    assert f"該当なし（{kind}がないため）" in said(empty)


def test_references_lead_somewhere(book: lxml.html.HtmlElement) -> None:
    """Every link leads to an anchor of the book, every anchor is there once, and no number is left open."""
    anchors = book.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    assert {href.removeprefix("#") for href in book.xpath("//a/@href")} <= set(anchors)
    assert not re.search("[\ue000-\ue002]", book.text_content())


def test_the_contents_list_chapters_and_sections(book: lxml.html.HtmlElement) -> None:
    """The contents lead to every chapter and section in order, and to no part."""
    wanted = book.xpath('//section//*[self::h2 or self::h3][span[@class="no"]]/@id')
    assert [href.removeprefix("#") for href in book.xpath('//nav[@aria-label="目次"]//a/@href')] == wanted


def test_rows_are_as_wide_as_their_tables(book: lxml.html.HtmlElement) -> None:
    """The cells of every row fill the columns that the table has, so that no cell stands below the wrong heading."""
    for table in book.xpath("//table"):
        columns = len(table.xpath("./colgroup/col"))
        for row in table.xpath(".//tr"):
            assert sum(int(cell.get("colspan", 1)) for cell in row) == columns, said(row)


# --- what is told -----------------------------------------------------------------------------------------------

UNTOLD = {f"{kind}/{field}" for kind in ("screens", "reports") for field in ("image", "alt")}
"""Fields that are not read: a picture is shown, with its words for those who do not see it."""


def written() -> Iterator[tuple[str, str]]:
    """Every text of the designed system that the book has to tell, with the name of its field."""
    for kind in sorted(set(KINDS) - {"modules", "tables", "tests"}):
        schema = load_schemas().by_kind[DESIGN + kind]
        yield from texts(schema.fields, yaml.safe_load(KINDS[kind]), kind if kind == "overview" else "")


def texts(fields: Mapping[str, Any], value: Any, name: str) -> Iterator[tuple[str, str]]:
    """The texts of a value that its rules leave free."""
    if isinstance(value, list):
        for one in value:
            yield from texts(fields, one, name)
    elif isinstance(value, dict):
        for key, inner in value.items():
            rule = fields[key]
            of = rule.get("schema", {}) if rule["type"] == "list" else rule
            path = f"{name}/{key}" if name else key
            if of.get("type") in ("string", "text") and not of.get("allowed"):
                yield from ((path, str(one)) for one in (inner if isinstance(inner, list) else [inner]))
            elif of.get("type") == "dict":
                yield from texts(of["schema"], inner, path)


def test_the_whole_design_is_told(book: lxml.html.HtmlElement) -> None:
    """Every text of every kind that belongs to the basic design stands in the book."""
    text = said(book)
    missing = {path for path, value in written() if "".join(value.split()) not in text}
    assert missing == UNTOLD


def test_each_thing_has_a_part(book: lxml.html.HtmlElement) -> None:
    """Businesses, machines, functions, screens, reports, data, interfaces, jobs, backups and decisions are told one
    by one."""
    kinds = ("businesses", "servers", "functions", "screens", "reports", "entities", "interfaces", "jobs", "backups")
    titles = [f"{one['title']}（{one['id']}）" for kind in kinds for one in yaml.safe_load(KINDS[kind])[kind]]
    assert set(titles) <= set(headings(book, "h4"))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("screens-described-s01", "申請の内容の欄と登録のボタンのある画面"),
        ("reports-described-r01", "受付番号の列のある表"),
    ],
)
def test_screens_and_reports_are_shown(book: lxml.html.HtmlElement, part: str, words: str) -> None:
    """The picture of a screen or a report stands in its part, with its words."""
    assert book.xpath(f'//*[@id="b-{part}"]/..//img/@alt') == [words]


@pytest.mark.parametrize(
    ("chapter", "rules"),
    [
        ("businesses", "代理代わりの者も行える。"),
        ("screens", "必須の印欠かせない項目に印を付ける。日付和暦とする。"),
        ("reports", "頁頁の番号を示す。"),
        ("data", "削除消さずに印を付ける。"),
        ("interfaces", "符号一つの文字コードとする。"),
        ("jobs", "休日休みの日も動かす。"),
    ],
)
def test_common_rules_come_first(book: lxml.html.HtmlElement, chapter: str, rules: str) -> None:
    """What all screens, reports and so on have in common begins their chapter, and says nothing of other kinds."""
    first = book.xpath(f'//*[@id="b-{chapter}"]/../section[1]')[0]
    assert first.xpath("./h3")[0].text_content().endswith("共通の規則")
    assert said(first.xpath(".//tbody")[0]) == rules


def test_without_common_rules(empty: lxml.html.HtmlElement) -> None:
    """Where there are no common rules, their section is left out."""
    assert "共通の規則" not in headings(empty, "h3")


def test_functions_stand_with_their_subsystem(project: Make) -> None:
    """Functions of a subsystem are told in its section, the others in one of their own."""
    files = changed("functions", "    title: 申請の整理\n", "    title: 申請の整理\n    subsystem: sub\n")
    files |= {"subsystems": "subsystems:\n  - id: sub\n    title: 整理\n"}
    files |= {"overview": KINDS["overview"].partition("nothing:")[0]}
    found = made(project, files)
    assert "申請の整理（f02）" in section(found, "functions-of-sub")
    assert "申請の登録（f01）" in section(found, "functions-of-none")
    assert "整理の機能" in headings(found, "h3")


@pytest.mark.parametrize(
    ("book_field", "told"), [("book: both", True), ("book: basic", True), ("book: detailed", False)]
)
def test_decisions_of_this_book(project: Make, book_field: str, told: bool) -> None:
    """A decision stands here unless it is one of the detailed design."""
    found = made(project, changed("decisions", "book: both", book_field))
    assert ("仮想化（d01）" in headings(found, "h4")) is told


def test_the_rights_matrix(book: lxml.html.HtmlElement) -> None:
    """Each right says in its column what it allows of each function; nothing where it allows nothing."""
    rows = book.xpath('//table[caption[contains(., "機能ごとの権限")]]/tbody/tr')
    assert [said(row) for row in rows] == ["申請の登録登録・更新自分の所属に限る。", "申請の整理"]


def test_the_steps_of_a_business_are_numbered(project: Make) -> None:
    """Steps bear the numbers of the drawing, and say where they go on."""
    other = KINDS["businesses"].replace("- id: 2\n", "- id: accept\n").replace("- step: 2\n", "- step: accept\n")
    found = made(project, {"businesses": other})
    rows = found.xpath('//table[caption[.="流れ"]]/tbody/tr')
    assert [said(row) for row in rows] == ["1職員申請を開く。2（不備がないとき）", "2職員受け付ける。終わり"]


SHEET = 482
"""The width of a drawing across an A4 sheet (170 mm), in points."""


def test_flows_of_businesses_can_be_read() -> None:
    """On a sheet the letters of a flow with four lanes and long words have 7.5 points, it is no higher than the sheet,
    and no line begins with a comma."""
    text = "受け付け（窓口、電話）、内容（氏名、住所）を確かめて、次の担当（審査）、記録の担当に渡す。"
    steps = [{"id": str(n), "actor": f"第{n % 4}担当", "step": text} for n in range(9)]
    steps[4]["next"] = [{"step": "5", "label": "不備がないとき"}, {"step": "1", "label": "直して出し直すとき"}]
    for drawing in business_flow(contract_with(), {"id": "b", "title": "受付", "steps": steps}):
        found = re.search(r'base64,([^"]+)"', drawing.image)
        assert found is not None
        svg = lxml.etree.fromstring(base64.b64decode(found[1]))
        wide, high = (float(svg.get(side).removesuffix("pt")) for side in ("width", "height"))
        scale = min(1, SHEET / wide)
        texts = list(svg.iter("{http://www.w3.org/2000/svg}text"))
        assert min(float(one.get("font-size")) for one in texts) * scale >= 7.5
        assert high * scale <= SHEET * 200 / 170
        assert not [one for one in texts if "".join(one.itertext()).startswith("、")]


# --- traceability -----------------------------------------------------------------------------------------------


def test_clauses_name_what_answers_them(book: lxml.html.HtmlElement) -> None:
    """A clause that the design names as its ground stands with each kind of thing that names it."""
    text = section(book, "traceability-clauses")
    for words in ("1-1報告機能申請の登録", "非機能要件復旧", "バックアップ日次の全体", "監視死活"):
        assert words in text


def test_gaps_are_said(book: lxml.html.HtmlElement) -> None:
    """A function that nothing is made for is named; where there is none, that is said."""
    assert "該当なし" in section(book, "traceability-gaps")


def test_a_function_without_anything(project: Make) -> None:
    """A function without screen, report, job or interface is a gap."""
    text = section(made(project, changed("jobs", "    functions: [f02]\n", "")), "traceability-gaps")
    assert "申請の整理（f02）" in text
    assert "申請の登録" not in text


# --- the delta --------------------------------------------------------------------------------------------------


def history(make: Make, changes: Mapping[str, str], *names: str) -> lxml.html.HtmlElement:
    """The delta of a change that came after the first edition."""
    there = make(designed_project({**ASKED, "overview": KINDS["overview"].replace("2026-05-11", "2026-04-10")}))
    there.git("init", "-q", "-b", "main")
    there.commit("初版", "2026-04-01T09:00:00+09:00")
    record = f"title: 増強\nchanged: 2026-06-01\nreason: 不足するため\ndesign: [{', '.join(names)}]\n"
    there.write({path_of(kind): text for kind, text in changes.items()})
    there.write({f"{CONTRACT}/records/changes/2026-001.yml": record})
    there.commit("増強を反映", "2026-06-01T09:00:00+09:00")
    return lxml.html.fragment_fromstring(documents(there.root, LATER)[DELTA], create_parent="div")


def listed(delta: lxml.html.HtmlElement) -> list[str]:
    """The parts that a delta lists as changed."""
    rows = delta.xpath('//h2[.="変更した箇所"]/following-sibling::table[1]/tbody/tr')
    return [f"{row.xpath('./th')[0].text_content()} {row[-1].text_content()}" for row in rows]


def test_a_changed_fact_is_listed_where_it_is_told(project: Make) -> None:
    """A larger disk changes the list of machines and the part of that machine, and no other."""
    delta = history(project, changed("servers", "disk: 200 GB", "disk: 500 GB"), "servers/db01")
    assert listed(delta) == ["サーバと装置の一覧 変更", "データベースサーバ（db01） 変更"]
    after = delta.xpath('//h2[.="変更した箇所の改訂後の記載"]/following-sibling::*')
    assert "500GB" in "".join(said(one) for one in after)
    assert "200GB" not in "".join(said(one) for one in after)


def test_what_the_change_was_for(project: Make) -> None:
    """The delta tells the change's title, day and reason, and the facts before and after side by side."""
    delta = history(project, changed("servers", "disk: 200 GB", "disk: 500 GB"), "servers/db01")
    assert "件名増強変更日令和8年6月1日（月）理由不足するため" in said(delta)
    cells = delta.xpath('//table[contains(@class, "comparison")]//tr[th[.="ディスク"]]/td')
    assert [said(cell) for cell in cells] == ["500GB", "200GB"]


def test_a_new_thing_is_listed_once(project: Make) -> None:
    """A new report is a new part, and changes the list of reports; the numbers of others do not count as changes."""
    more = KINDS["reports"].replace("reports:\n", "reports:\n  - id: r00\n    title: 申請の控え\n")
    delta = history(project, {"reports": more}, "reports/r00")
    assert listed(delta) == ["帳票の一覧 変更", "申請の控え（r00） 追加"]


def test_a_thing_that_is_gone(project: Make) -> None:
    """A machine that is taken away is listed as gone with its part, and is not told as it is afterwards."""
    rest = KINDS["servers"].replace("  - id: pc\n    title: 職員の端末\n    kind: client\n", "")
    delta = history(project, {"servers": rest}, "servers/pc")
    assert {"サーバと装置の一覧 変更", "職員の端末（pc） 削除"} <= set(listed(delta))
    assert "職員の端末（pc）" not in headings(delta, "h2")
