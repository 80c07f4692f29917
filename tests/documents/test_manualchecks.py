"""What is wrong in a manual, each slip at its line and column; what the check lets pass, the page can show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.documents.manualchecks import check
from generator.documents.pictures import Pictures, design_picture
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.problems import in_order, to_text
from tests.designed import CHAPTER, KINDS, MANUAL, PICTURE, designed_project
from tests.support import CONTRACT, Project

HEAD = "---\ntitle: 章\norder: 1\n---\n"
"""Four lines; the text begins on the fifth."""

STEPS = """\
---
title: 章
order: 1
procedures:
  - id: stop
    title: 停止
    when: %s
    steps:
      - step: %s
        expected: 止まる。
    after: [%s]
---
[[procedure stop]]
"""


@pytest.fixture
def said(project: Callable[..., Project]) -> Callable[..., list[str]]:
    """What is said of a chapter, without its path."""

    def of(chapter: str, others: dict[str, str] | None = None) -> list[str]:
        there = project(designed_project({CHAPTER: chapter, **(others or {})}))
        there.write({f"{CONTRACT}/manuals/operation/images/a.png": PICTURE})
        loaded = load(WorkingTree(there.root))
        assert to_text(loaded.problems) == ""
        found = in_order(check(loaded.portfolio.contracts["mihon"], there.root))
        return [line.removeprefix(f"{CHAPTER}:") for line in to_text(found).splitlines()]

    return of


def test_nothing_is_wrong(said: Callable[..., list[str]]) -> None:
    """Everything a manual may hold."""
    text = (
        f"{HEAD}初め [[contract.title]]\n\n[[table servers: title, memory]]\n\n[[figure network]]\n## 節 [[servers/db01]]\n"
        "[[figure composition]]\n### 下\n![絵 [[servers/db01]]](images/a.png)\n\n- [[roles/manager]] `[[none]]` [外](https://example.jp)\n"
        "\n```\n[[none/none]] <b> ![](x) # x\n```\n\n[[chapter backup]] [[levels/start]] [[people/manager]] <https://example.jp>\n"
    )
    assert said(text) == []
    assert said(MANUAL) == []


SLIPS = [
    pytest.param("本文 [[servers/db1]]", "5:4: error MAN002 差し込む「servers/db1」がデータにありません（servers/db01 では", id="unknown thing"),
    pytest.param("一\n\n二 [[servers/db01.memry]]", "7:3: error MAN002 差し込む「servers/db01.memry」がデータに", id="unknown field"),
    pytest.param("## 題 [[roles/x]]", "5:6: error MAN002 差し込む「roles/x」が", id="in a heading"),
    pytest.param("![絵 [[roles/x]]](images/a.png)", "5:5: error MAN002 差し込む「roles/x」が", id="in a picture"),
    pytest.param("[[]]", "5:1: error MAN002 差し込む「」がデータにありません", id="empty"),
    pytest.param("[[procedure stop]]", "5:1: error MAN002 この章の procedures に「stop」がありません", id="procedure"),
    pytest.param("[[chapter none]]", "5:1: error MAN002 マニュアル operation に章「none」がありません", id="chapter"),
    pytest.param("[[figure none]]", "5:1: error MAN002 図「none」はありません。", id="figure"),
    pytest.param("[[table none: title]]", "5:1: error MAN002 設計に「none」という種類はありません", id="table"),
    pytest.param("[[table servers: titel]]", "5:1: error MAN002 表の列「titel」がありません。", id="column"),
    pytest.param("[[list servers]]", "5:1: error MAN002 「list」という差し込みはありません。", id="word"),
    pytest.param("文 [[figure network]]", "5:3: error MAN002 「figure network」はここに差し込めません", id="in a line"),
    pytest.param("文\n[[figure network]]", "6:1: error MAN002 「figure network」はここに差し込めません", id="below a line"),
    pytest.param("[[figure network]]\n文", "5:1: error MAN002 「figure network」はここに差し込めません", id="above a line"),
    pytest.param("- [[figure network]]", "5:3: error MAN002 「figure network」はここに差し込めません", id="in a list"),
    pytest.param("## [[figure network]]", "5:4: error MAN002 「figure network」はここに差し込めません", id="as a heading"),
    pytest.param("    [[figure network]]", "5:5: error MAN002 「figure network」はここに差し込めません", id="as code"),
    pytest.param("![絵](images/none.png)", "5:1: error MAN004 絵「images/none.png」が", id="no picture"),
    pytest.param("一\n\n文 ![](images/a.png)", "7:3: error MAN004 絵「images/a.png」に代わりの文がありません", id="no words"),
    pytest.param("![絵](../../../../../x.png)", "5:1: error MAN004 プロジェクトの外を指す名前です", id="outside"),
    pytest.param('![絵](<images/n n.png> "題")', "5:1: error MAN004 絵「images/n n.png」が", id="with a title"),
    pytest.param("# 題", "5:1: error MAN006 見出し # は使えません", id="level 1"),
    pytest.param("### 題", "5:1: error MAN006 見出し ### は使えません", id="level 3 first"),
    pytest.param("## 題\n\n#### 下", "7:1: error MAN006 見出し #### は使えません", id="level 4"),
    pytest.param("[外](example.jp)", "5:1: error MAN007 リンク先「example.jp」は使えません", id="no scheme"),
    pytest.param("文 [外](javascript:x)", "5:3: error MAN007 リンク先「javascript:x」は使えません", id="script"),
    pytest.param("[外](<#節>)", "5:1: error MAN007 リンク先「#節」は使えません", id="within the page"),
    pytest.param("文<br>文", "5:2: warning MAN005 HTML は使えません。「<br>」は", id="HTML"),
    pytest.param("一\n<!-- 二 -->", "6:1: warning MAN005 HTML は使えません。「<!--」は", id="comment"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SLIPS)
def test_slip_is_said_at_its_place(said: Callable[..., list[str]], body: str, expected: str) -> None:
    """One slip, one line, at the place in the file."""
    (line,) = said(f"{HEAD}{body}\n")
    assert line.startswith(expected)


IN_STEPS = [
    ('"[[roles/x]]"', "止める。", "知らせる。", "7:11: error MAN002 差し込む「roles/x」が"),
    ("随時", '"[[servers/db01.x]]"', "知らせる。", "9:15: error MAN002 差し込む「servers/db01.x」が"),
    ("随時", "止める。", '"[[levels/x]]"', "11:13: error MAN002 差し込む「levels/x」が"),
    ("随時", '"[[figure network]]"', "知らせる。", "9:15: error MAN002 「figure network」はここに差し込めません"),
    ("随時", '"[[procedure stop]]"', "知らせる。", "9:15: error MAN002 「procedure stop」はここに差し込めません"),
]


@pytest.mark.parametrize(("when", "step", "after", "expected"), IN_STEPS)
def test_slip_in_a_step(said: Callable[..., list[str]], when: str, step: str, after: str, expected: str) -> None:
    """Facts stand in steps too, and are checked where they stand; tables and drawings have no place there."""
    (line,) = said(STEPS % (when, step, after))
    assert line.startswith(expected)


def test_procedure_that_stands_nowhere(said: Callable[..., list[str]]) -> None:
    """What is written is to be read; one in code does not count."""
    text = (STEPS % ("随時", "止める。", "知らせる。")).replace("[[procedure stop]]", "`[[procedure stop]]`")
    (line,) = said(text)
    assert line.startswith("5:9: error MAN003 手順「停止」が本文のどこにもありません（載せる所に [[procedure stop]] を")


@pytest.mark.parametrize(("kind", "after"), [("screens", "functions: [f01]"), ("reports", "form: Ａ４縦 PDF")])
def test_picture_of_the_design(project: Callable[..., Project], kind: str, after: str) -> None:
    """Pictures of screens and reports are held to the same; a draft shows the gap."""
    text = KINDS[kind].replace(f"    {after}\n", f"    {after}\n    image: images/text.png\n    alt: 画面の絵\n", 1)
    text = text.replace("    image: images/s01.png\n    alt: 申請の内容の欄と登録のボタンのある画面\n", "")
    there = project(designed_project({kind: text})).write({f"{CONTRACT}/design/images/text.png": "文字だけ"})
    contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
    (line,) = to_text(check(contract, there.root)).splitlines()
    assert line.startswith(f"{CONTRACT}/design/{kind}.yml:")
    assert "MAN004 絵「images/text.png」は PNG でも JPEG でもありません" in line
    gap = design_picture(Pictures(there.root), contract, "images/text.png", "画面の絵")
    assert gap.startswith('<span class="missing">［絵「images/text.png」は')
