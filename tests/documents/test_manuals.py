"""Manuals: facts stand where they are inserted, and a changed fact changes the parts that say it, and no other."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from lxml import html

from generator.checking import check
from generator.documents.bookchanges import changed_parts, parts_table
from generator.documents.books import Book
from generator.documents.manuals import Block, chapters
from generator.documents.markup import Markup
from generator.documents.pictures import Pictures
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.designed import CHAPTER, MANUAL, PICTURE, changed, designed_project
from tests.support import CONTRACT, WHOLE, Project, documents

FOLDER = f"{CONTRACT}/manuals/operation"
HEAD = "---\ntitle: 章\norder: 1\n---\n"
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
ASKED = WHOLE[DELIVERABLES] + (
    "  - no: '3'\n    title: 運用マニュアル\n    documents: [operation-manual, operation-manual-delta]\n    due:\n"
    "      - event: changes\n        within: 2 weeks of event.changed\n        scope: delta\n"
    "      - each: fiscal_year\n        on: 03-31\n        scope: full\n"
)


@pytest.fixture
def contract(project: Callable[..., Project]) -> Callable[..., tuple[Contract, Pictures]]:
    """Reads the small system with some files other than there."""

    def make(files: Mapping[str, str | None]) -> tuple[Contract, Pictures]:
        there = project(designed_project(files))
        there.write({f"{FOLDER}/images/a.png": PICTURE})
        return load(WorkingTree(there.root)).portfolio.contracts["mihon"], Pictures(there.root)

    return make


def _block(*said: object) -> Markup:
    return Markup("<div>{}</div>").format(said[-1].text)  # type: ignore[attr-defined]


BLOCKS: dict[str, Block] = dict.fromkeys(("table", "figure", "procedure"), _block)


def written(made: tuple[Contract, Pictures]) -> tuple[Book, html.HtmlElement]:
    """The manual as a book, and its HTML."""
    book = Book()
    contract, pictures = made
    return book, html.fragment_fromstring(
        book.done(chapters(book, contract, "operation", BLOCKS, pictures)), create_parent="div"
    )


# --- where facts stand ---------------------------------------------------------------------------------------------

INSERTED = [
    ("名は[[servers/db01]]。", "名はデータベースサーバ。"),
    ("[[servers/db01.memory]]・[[servers/db01.kind]]", "16 GB・仮想マシン"),
    ("[[servers/db01.addresses.address]]", "192.0.2.66"),
    ("[[servers/db01.software]]", "OS、データベース"),
    ("[[servers/pc.memory]]", "―"),
    ("[[contract.title]]（[[authority.name]]・[[vendor.name]]）", "見本業務委託（見本市・見本社）"),
    ("[[contract.start]]から[[contract.end]]まで", "令和8年4月1日から令和9年3月31日まで"),
    ("[[roles/manager]]は[[people/manager]]", "業務責任者は見本 太郎"),
    ("[[levels/start]]", "着手　連絡時から2時間以内"),
    ("- 一\n- **[[servers/db01.memory]]**", "一\n16 GB"),
    ("> [[servers/db01]]", "データベースサーバ"),
    ("*[[servers/db01]]*[外の[[servers/db01]]](https://example.jp)", "データベースサーバ外のデータベースサーバ"),
    ("`[[servers/db01]]`", "[[servers/db01]]"),
    ("```\n[[servers/db01]]\n```", "[[servers/db01]]"),
    ("`a`[[servers/db01]]`b`", "aデータベースサーバb"),
    ("[[chapter backup]]を見る", "第1章　章を見る"),
]


@pytest.mark.parametrize(("body", "expected"), INSERTED, ids=[row[0] for row in INSERTED])
def test_fact_in_the_text(contract: Callable[..., tuple[Contract, Pictures]], body: str, expected: str) -> None:
    """In words, as the design says it, wherever it stands; in code nothing is inserted."""
    _, found = written(contract({CHAPTER: f"{HEAD}{body}\n"}))
    (chapter,) = found.xpath("./section")
    said = "\n".join(line.strip() for line in chapter.text_content().split("\n") if line.strip())
    assert said == f"第1章　章\n{expected}"


def test_fact_in_a_table_of_markdown(contract: Callable[..., tuple[Contract, Pictures]]) -> None:
    """In the heads and in the cells, and in what a cell is called on a phone."""
    _, found = written(contract({CHAPTER: f"{HEAD}|名|[[servers/db01]]|\n|-|-|\n|一|[[servers/db01.memory]]|\n"}))
    assert [cell.text_content() for cell in found.xpath(".//th|.//td")] == ["名", "データベースサーバ", "一", "16 GB"]
    assert found.xpath(".//td/@data-label") == ["データベースサーバ"]


def test_fact_in_headings_and_pictures(contract: Callable[..., tuple[Contract, Pictures]]) -> None:
    """Titles and alternative texts hold the words alone; a chapter's name is its title."""
    body = "## [[servers/db01]]の停止\n![[[servers/db01]]の画面](images/a.png)\n### [[chapter backup]]から\n本文\n"
    book, found = written(contract({CHAPTER: HEAD + body}))
    assert [part.title for part in book.walk()] == ["章", "データベースサーバの停止", "章から"]
    assert [part.name for part in book.walk()] == [
        "backup", "backup/servers／db01の停止", "backup/servers／db01の停止/backupから",
    ]  # fmt: skip
    assert found.xpath(".//img/@alt") == ["データベースサーバの画面"]


def test_picture_is_in_the_page_and_has_a_number_where_it_has_a_title(
    contract: Callable[..., tuple[Contract, Pictures]],
) -> None:
    """It is carried along; one with a title is a figure of the book."""
    body = '## 節\n![画面](images/a.png)\n\n![別の<画面>](images/a.png "[[servers/db01]]の<画面>")\n'
    book, found = written(contract({CHAPTER: HEAD + body}))
    data = f"data:image/png;base64,{base64.b64encode(PICTURE).decode()}"
    assert [(one.get("src"), one.get("alt")) for one in found.xpath(".//img")] == [(data, "画面"), (data, "別の<画面>")]
    assert [one.text_content() for one in found.xpath(".//figcaption")] == ["図1-1　データベースサーバの<画面>"]
    assert [figure.title for figure in book.figures] == ["データベースサーバの<画面>"]


def test_values_are_text(contract: Callable[..., tuple[Contract, Pictures]]) -> None:
    """Markup, Markdown and marks of our own in a value are letters, also in a heading and a picture."""
    value = "<b>*x*</b> [y](https://example.jp) [[contract.title]] \ue000\ue010\ue011 &amp;"
    files = changed("servers", "memory: 16 GB", f"memory: '{value}'")
    body = "## 題 [[servers/db01.memory]]\n[[servers/db01.memory]] ![絵 [[servers/db01.memory]]](images/a.png)\n"
    book, found = written(contract({**files, CHAPTER: HEAD + body}))
    assert [part.title for part in book.walk()] == ["章", f"題 {value}"]
    assert found.xpath(".//p")[0].text_content().strip() == value
    assert found.xpath(".//img/@alt") == [f"絵 {value}"]
    assert not found.xpath(".//b | .//a | .//em")


def test_draft_shows_what_cannot_be_inserted(contract: Callable[..., tuple[Contract, Pictures]]) -> None:
    """A name that is nowhere, and a picture that is none, are shown as gaps."""
    body = "[[servers/none]] と ![絵](images/none.png) と [[chapter none]]\n\n[[none x]]\n"
    _, found = written(contract({CHAPTER: HEAD + body}))
    assert [one.text_content() for one in found.xpath(".//*[@class='missing']")] == [
        "［差し込めない　servers/none］", f"［絵「images/none.png」が {FOLDER}/ にありません］", "［差し込めない　none x］",
    ]  # fmt: skip


def test_block_stands_for_its_line(contract: Callable[..., tuple[Contract, Pictures]]) -> None:
    """A table, a drawing or a procedure takes the place of its paragraph."""
    _, found = written(contract({CHAPTER: f"{HEAD}一\n\n[[table servers: title]]\n\n二\n"}))
    assert [(one.tag, one.text_content()) for one in found.xpath("./section/*")][1:] == [
        ("p", "一"), ("div", "table servers: title"), ("p", "二"),
    ]  # fmt: skip


# --- what a change makes of a manual -------------------------------------------------------------------------------

LONG = f"""{HEAD}
前置き

## 名 [[servers/db01]]
変わらない。

### 下
[[servers/db01.memory]]を積む。

### 隣
変わらない。

## 別の節
[[servers/ap01]]は変わらない。

### [[servers/db01.memory]]の節
変わらない。

## コード
`[[servers/db01.memory]]`

## 図
![[[servers/db01.memory]]の画面](images/a.png)
"""
MORE = "title: 増設\nchanged: 2026-05-18\ndesign: [servers/db01]\n"


def test_changed_fact_changes_the_parts_that_say_it(contract: Callable[..., tuple[Contract, Pictures]]) -> None:
    """The text and the titles that hold it, and nothing else."""
    was, _ = written(contract({CHAPTER: LONG}))
    now, _ = written(contract({CHAPTER: LONG, **changed("servers", "memory: 16 GB", "memory: 32 GB")}))
    found = [(one.what, one.part.number, one.part.title) for one in changed_parts(was, now)]
    assert found == [("変更", "1.1.1", "下"), ("変更", "1.2.1", "32 GBの節"), ("変更", "1.4", "図")]
    (group,) = parts_table(was, now)
    rows = [row for unit in group.units for row in unit.rows]
    assert [row.title for row in rows] == ["1.1.1　下", "1.2.1　32 GBの節", "1.4　図"]


def test_fact_added_above_leaves_the_parts_below_alone(contract: Callable[..., tuple[Contract, Pictures]]) -> None:
    """A heading that inserts something is known by what it inserts, however many insertions stand before it."""
    was, _ = written(contract({CHAPTER: LONG}))
    now, _ = written(contract({CHAPTER: LONG.replace("前置き", "前置き [[contract.title]]")}))
    assert [(one.what, one.part.title) for one in changed_parts(was, now)] == [("変更", "章")]


def test_documents_of_a_change(project: Callable[..., Project]) -> None:
    """The manual shows the new value, its delta both, and only the parts that changed."""
    chapter = LONG.replace("order: 1\n", MANUAL.split("order: 10\n")[1].split("---\n")[0].join(["order: 1\n", ""]))
    chapter += "\n## 復元\n\n[[procedure restore]]\n\n[[table servers: title, memory]]\n"
    there = project(designed_project({DELIVERABLES: ASKED, CHAPTER: chapter}))
    there.write({f"{FOLDER}/images/a.png": PICTURE})
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    files = {
        k: v
        for k, v in designed_project(changed("servers", "memory: 16 GB", "memory: 32 GB")).items()
        if k.endswith("servers.yml")
    }
    there.write({**files, f"{CONTRACT}/records/changes/a.yml": MORE})
    there.commit("増設", "2026-05-18T09:00:00+09:00")
    assert [p for p in check(there.root).problems if p.severity == "error"] == []
    made = documents(there.root, "2026-06-01")
    full = html.fragment_fromstring(made["mihon/operation-manual"], create_parent="div")
    assert "32 GB" in full.text_content()
    assert "16 GB" not in full.text_content()
    assert "データベースサーバ を止める。" in full.text_content()
    assert full.xpath("//pre|//code")[0].text_content() == "[[servers/db01.memory]]"
    delta = html.fragment_fromstring(made["mihon/operation-manual-delta-a"], create_parent="div")
    rows = delta.xpath("//table[.//th='区分'][.//th='番号']//tbody/tr")
    assert [row.xpath("string(./td[@data-label='番号'])") + " " + row.xpath("string(./th)") for row in rows] == [
        "1.1.1 下", "1.2.1 32 GBの節", "1.4 図", "1.5 復元",
    ]  # fmt: skip
    assert "16 GB" in delta.text_content()
    assert "隣" not in delta.text_content()
    ids = delta.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not delta.xpath("//a[starts-with(@href, '#')]")


def test_manual_without_chapters_is_no_document(project: Callable[..., Project]) -> None:
    """A book is not made of nothing."""
    there = project(designed_project({DELIVERABLES: ASKED, CHAPTER: None}))
    assert "mihon/operation-manual" not in documents(there.root, "2026-06-01")
    assert replace(load(WorkingTree(there.root)).portfolio.contracts["mihon"]).manuals == ()
