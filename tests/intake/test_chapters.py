"""Chapters of manuals: front matter and Markdown, and each slip in them at its line and column."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.chapters import read
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.problems import Source, to_text
from tests.designed import CHAPTER, MANUAL, designed_project
from tests.support import Project

HEAD = "---\ntitle: 章\norder: 1\n---\n"


def test_chapter_is_front_matter_and_body(project: Callable[..., Project]) -> None:
    """Title, order and whatever else stands in front; the Markdown as it was written, without the blank end."""
    there = project(designed_project({CHAPTER: HEAD + "\n# 一\n\n---\n\n本文 `---`\n\n"}))
    (chapter,) = load(WorkingTree(there.root)).portfolio.contracts["mihon"].manuals
    assert (chapter.manual, chapter.id, chapter.title) == ("operation", "backup", "章")
    assert chapter.body == "\n# 一\n\n---\n\n本文 `---`"
    assert chapter.place("title") == Source(CHAPTER, 2, 8)
    assert chapter.place("body").line == 5


@pytest.mark.parametrize(
    ("front", "first"), [("---\n", "\n"), ("---  \n", "\n"), ("---\r\n", "\r\n")], ids=["plain", "blanks", "CRLF"]
)
def test_line_ends_and_blanks_after_the_dashes(front: str, first: str) -> None:
    """A file from any editor is read; the body has plain line ends."""
    parsed = read(f"{front}title: 章{first}order: 1{first}---{first}一{first}二{first}".encode(), "x.md")
    assert parsed.problems == []
    assert parsed.value == {"title": "章", "order": 1, "body": "一\n二"}


def test_chapter_without_a_body() -> None:
    """The front matter alone is a chapter, with a line's end after it or none."""
    for text in (HEAD, HEAD.rstrip()):
        assert read(text.encode(), "x.md").value == {"title": "章", "order": 1, "body": ""}


SLIPS = [
    pytest.param("# 章\n", "1:1: error MAN001 章の先頭に見出しがありません", id="no front matter"),
    pytest.param("\n" + HEAD, "1:1: error MAN001 章の先頭に見出しがありません", id="not on the first line"),
    pytest.param("---\ntitle: 章\n", "1:1: error MAN001 章の先頭に見出しがありません", id="not closed"),
    pytest.param("---\ntitle: 章\n ---\n", "1:1: error MAN001 章の先頭に見出しがありません", id="closed askew"),
    pytest.param(
        HEAD.replace("order", "body: 本文\norder"),
        "3:1: error MAN001 見出しの中に body は書けません（本文は --- の後に書いてください）",
        id="body in the front matter",
    ),
    pytest.param(
        HEAD.encode() + "あ".encode("cp932") + b"\n", "5:1: error YML001 UTF-8 ではありません", id="not UTF-8"
    ),
    pytest.param(
        HEAD + "一行\n本\x07文\n", "6:2: error YML006 使えない制御文字 U+0007 があります", id="control character"
    ),
    pytest.param(HEAD.replace("章", "章\x00"), "2:9: error YML006 使えない制御文字 U+0000", id="the same in front"),
    pytest.param("---\ntitle: 章\norder: [1\n---\n", "3:8: error YML002", id="bracket not closed"),
    pytest.param(
        "---\ntitle: 章\ntitle: 節\norder: 1\n---\n", "3:1: error YML003 キー「title」が 2 行目と", id="key twice"
    ),
    pytest.param("---\n- 章\n---\n", "2:1: error SCH003 ファイルの中身が「キー: 値」の形ではありません", id="list"),
    pytest.param("---\n---\n本文\n", "1:1: error YML007 ファイルが空です", id="nothing in front"),
    pytest.param("---\norder: 1\n---\n", "2:1: error SCH001 必要な項目「章の題名」(title)がありません", id="no title"),
    pytest.param(
        HEAD.replace("order: 1", "order: 1\nclause: [1-1]"),
        "4:1: error SCH002 「clause」という項目はありません（clauses ではありませんか）",
        id="unknown key",
    ),
    pytest.param(
        HEAD.replace("order: 1", "order: 一"), "3:8: error SCH003 「並び順」(order)は整数でなければ", id="wrong type"
    ),
    pytest.param(
        MANUAL.replace("        expected: 止まる。\n", ""),
        "12:9: error SCH001 必要な項目「期待する結果」(expected)がありません",
        id="step without a result",
    ),
    pytest.param(
        MANUAL.replace("server: db01", "server: db1"),
        "14:17: error REF001 サーバ「db1」がありません（db01 ではありませんか）",
        id="unknown server",
    ),
    pytest.param(MANUAL.replace("[1-1]", "[1-9]"), "4:11: error REF001 条項「1-9」がありません", id="unknown clause"),
]


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_slip_is_said_at_its_place(project: Callable[..., Project], text: str | bytes, expected: str) -> None:
    """Line and column are those of the whole file, front matter or body."""
    there = project(designed_project({CHAPTER: "x"})).write({CHAPTER: text})
    (line,) = to_text(load(WorkingTree(there.root)).problems).splitlines()
    assert line.startswith(f"{CHAPTER}:{expected}")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever a file holds is a value or a problem; nothing raises."""
    for written in (content, b"---\n" + content, HEAD.encode() + content):
        parsed = read(written, "x.md")
        assert parsed.value is not None or parsed.problems


@given(st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufeff"), max_size=40))
def test_body_is_kept_as_it_is(body: str) -> None:
    """Dashes, brackets, anything: what follows the front matter is the body."""
    assert read(f"{HEAD}{body}\n".encode(), "x.md").value["body"] == body
