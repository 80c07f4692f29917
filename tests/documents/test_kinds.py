"""A template is a kind of document: its front matter, what is wrong with it, and whose template wins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.documents.kinds import by_title, discover
from generator.documents.templates import TemplateFolders
from tests.support import ROOT, Project, whole_project

PATH = "templates/documents/letter.html.j2"
GOOD = "---\ntitle: 通知書\nper: contract\ndata: [contract]\n---\n<p>{{ head.title }}</p>\n"

BAD_FRONT_MATTER = [
    pytest.param(
        "<p>本文</p>\n",
        "1:1: error TPL001 ひな形の先頭に見出しがありません"
        "（最初の行を --- とし、title・per・data を書いて --- で閉じてください）",
        id="none",
    ),
    pytest.param(
        "---\ntitle: 通知書\n<p>本文</p>\n",
        "1:1: error TPL001 ひな形の先頭に見出しがありません"
        "（最初の行を --- とし、title・per・data を書いて --- で閉じてください）",
        id="not closed",
    ),
    pytest.param(
        "---\n---\n<p>本文</p>\n",
        "1:1: error YML007 ファイルが空です（中身を書くか、ファイルを消してください）",
        id="empty",
    ),
    pytest.param(
        GOOD.replace("title: 通知書", 'title: "通知書'),
        "2:8: error YML002 引用符が閉じていません（同じ種類の引用符で閉じてください）",
        id="quote left open",
    ),
    pytest.param(
        GOOD.replace("title: 通知書", "title: 通知書\ntitle: 別"),
        "3:1: error YML003 キー「title」が 2 行目と重なっています（どちらか一つにしてください）",
        id="key twice",
    ),
    pytest.param(
        GOOD.replace("title: 通知書\n", ""),
        "2:1: error SCH001 必要な項目「題名」(title)がありません（title: 年間計画表）",
        id="title missing",
    ),
    pytest.param(
        GOOD.replace("per: contract", "per: mont"),
        "3:6: error SCH004 「単位」(per)に「mont」は書けません（month ではありませんか。"
        "書ける値: contract（契約ごと）、fiscal_year（年度ごと）、month（月ごと）、period（期限の対象期間ごと）、record（記録ごと）、"
        "person（従事者ごと））",
        id="unknown period",
    ),
    pytest.param(
        GOOD.replace("per: contract", "per: contract\npapr: A4"),
        "4:1: error SCH002 「papr」という項目はありません（paper ではありませんか）",
        id="unknown key",
    ),
    pytest.param(
        GOOD.replace("per: contract", "per: record"),
        "3:6: error TPL003 記録ごとに作る文書の、記録の種類がありません"
        "（record: incidents のように、記録の種類を書いてください）",
        id="per record without a kind of record",
    ),
    pytest.param(
        GOOD.replace("per: contract", "per: record\nrecord: incident"),
        "4:9: error REF001 記録の種類「incident」がありません（incidents ではありませんか）",
        id="unknown kind of record",
    ),
    pytest.param(
        GOOD.encode("cp932"),
        f"1:1: error TPL002 ひな形 {PATH} は UTF-8 ではありません。UTF-8 で保存し直してください",
        id="Shift_JIS",
    ),
]


@pytest.mark.parametrize(("template", "expected"), BAD_FRONT_MATTER)
def test_bad_front_matter(project: Callable[..., Project], template: str | bytes, expected: str) -> None:
    """A check finds what is wrong with a template's front matter, at its line in the file."""
    ran = project(whole_project({PATH: template})).check()
    assert ran.lines == [f"{PATH}:{expected}"]
    assert ran.code == 1


@pytest.mark.parametrize(
    "template",
    [GOOD, "﻿" + GOOD, GOOD.replace("\n", "\r\n"), GOOD.replace("---\n<p>", "---\n---\n<p>")],
    ids=["plain", "byte order mark", "Windows line ends", "a rule as the first line of the body"],
)
def test_good_front_matter(project: Callable[..., Project], template: str) -> None:
    """What editors add, and dashes further down, are no part of the front matter."""
    assert project(whole_project({PATH: template})).check().out == ""


def test_name_that_is_no_id(project: Callable[..., Project]) -> None:
    """A kind's name stands in addresses and file names."""
    ran = project(whole_project({"templates/documents/50%.html.j2": GOOD})).check()
    assert ran.lines == [
        "templates/documents/50%.html.j2:1:1: error FIL002 「50%」は文書の種類に使えない名です"
        "（英数字・かな・漢字を - でつないだ名にしてください）"
    ]


def test_link_out_of_the_project(project: Callable[..., Project]) -> None:
    """A template that is a link to somewhere else is not read."""
    there = project(whole_project({"templates/documents/x.txt": "", "secret.html.j2": GOOD}))
    (there.root / PATH).symlink_to("../../secret.html.j2")
    (line,) = there.check().lines
    assert line == f"{PATH}:1:1: error TPL002 ひな形 {PATH} は templates/ の外を指すリンクです"


def test_own_template_wins(project: Callable[..., Project]) -> None:
    """A project's template takes the place of the one of the same name that comes with Nohin."""
    path = "templates/documents/annual-plan.html.j2"
    there = project(whole_project({path: GOOD}))
    own, _ = discover(TemplateFolders(there.root))
    shipped, _ = discover(TemplateFolders(ROOT / "tests"))
    assert own["annual-plan"].title == "通知書"
    assert shipped["annual-plan"].title == "年間計画表"
    assert own["support-structure"] == shipped["support-structure"]


def test_kinds_are_in_the_order_of_their_manifests(project: Callable[..., Project]) -> None:
    """`order` decides, then the name."""
    there = project({PATH: GOOD.replace("per:", "order: 15\nper:"), "templates/documents/a.html.j2": GOOD})
    kinds, problems = discover(TemplateFolders(there.root))
    assert problems == []
    assert [name for name in kinds if name in ("annual-plan", "letter", "support-structure", "a")] == [
        "annual-plan",
        "letter",
        "support-structure",
        "a",
    ]


@pytest.mark.parametrize("title", ["年間計画表", "年間 計画表", "　年間計画表　"])
def test_title_of_a_deliverable_finds_its_kind(title: str) -> None:
    """A kind serves a deliverable whatever blanks its title was printed with."""
    kinds, _ = discover(TemplateFolders(ROOT))
    assert [kind.id for kind in by_title(kinds, title)] == ["annual-plan"]
