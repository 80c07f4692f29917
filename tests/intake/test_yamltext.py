"""Files that are no YAML we take: one sample per defect, each with its exact place and message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.intake.plaintext import MAX_BYTES
from generator.intake.yamltext import parse, scalar
from tests.support import Project

AUTHORITY = "data/authorities/mihon-shi.yml"
GOOD = "name: 見本市\naddressee: 見本市長　様\n"

BROKEN_FILES = [
    # encodings
    pytest.param(
        GOOD.encode("cp932"),
        [
            "1:7: error YML001 UTF-8 ではありません（Shift_JIS で保存されているようです）（UTF-8 で保存し直してください）"
        ],
        id="Shift_JIS",
    ),
    pytest.param(
        GOOD.encode("euc_jp"),
        ["1:7: error YML001 UTF-8 ではありません（EUC-JP で保存されているようです）（UTF-8 で保存し直してください）"],
        id="EUC-JP",
    ),
    pytest.param(
        GOOD.encode("utf-16"),
        ["1:1: error YML001 UTF-8 ではありません（UTF-16 で保存されているようです）（UTF-8 で保存し直してください）"],
        id="UTF-16",
    ),
    pytest.param(
        GOOD.encode() + "# 見本\nx: ".encode() + b"\xff\n",
        ["4:4: error YML001 UTF-8 ではありません（UTF-8 で保存し直してください）"],
        id="one wrong byte further down",
    ),
    # characters
    pytest.param(
        GOOD.encode() + b"# \0\n",
        ["3:3: error YML006 使えない制御文字 U+0000 があります（この文字を消してください）"],
        id="NUL",
    ),
    pytest.param(
        "name: 見本\x07市\naddressee: x\n".encode(),
        ["1:9: error YML006 使えない制御文字 U+0007 があります（この文字を消してください）"],
        id="control character",
    ),
    pytest.param(
        b'name: "\\0"\naddressee: "\\e[2J"\n',
        [
            "1:7: error YML006 使えない制御文字 U+0000 があります（この文字を消してください）",
            "2:12: error YML006 使えない制御文字 U+001B があります（この文字を消してください）",
        ],
        id="control characters written as escapes",
    ),
    pytest.param(
        "name: 見本\u2028市\naddressee: x\n".encode(),
        ["1:9: error YML006 使えない制御文字 U+2028 があります（この文字を消してください）"],
        id="line separator that editors do not count",
    ),
    pytest.param(
        "name: 見本市\n\ufeffaddressee: x\n".encode(),
        ["2:1: error YML006 使えない制御文字 U+FEFF があります（この文字を消してください）"],
        id="byte order mark inside",
    ),
    # nothing there
    pytest.param(
        b"", ["1:1: error YML007 ファイルが空です（中身を書くか、ファイルを消してください）"], id="empty file"
    ),
    pytest.param(
        "# まだ\n\n".encode(),
        ["1:1: error YML007 ファイルが空です（中身を書くか、ファイルを消してください）"],
        id="only comments",
    ),
    pytest.param(
        b"~\n", ["1:1: error YML007 ファイルが空です（中身を書くか、ファイルを消してください）"], id="only null"
    ),
    pytest.param(
        b"- name: a\n",
        [
            "1:1: error SCH003 ファイルの中身が「キー: 値」の形ではありません"
            "（最初の行から「name: …」の形で書いてください）"
        ],
        id="list at the top",
    ),
    # syntax
    pytest.param(
        "name: 見本市\naddressee: x\ncalendar:\n\tclosed: []\n".encode(),
        ["4:1: error YML002 タブがあります（字下げは半角の空白にしてください）"],
        id="tab as indentation",
    ),
    pytest.param(
        'name: "見本市\naddressee: x\n'.encode(),
        ["1:7: error YML002 引用符が閉じていません（同じ種類の引用符で閉じてください）"],
        id="quote left open",
    ),
    pytest.param(
        "name: a\naddressee: x\ncalendar:\n  closed:\n    - weekdays: [土, 日\n      ground: x\n".encode(),
        ["5:17: error YML002 「[」が閉じていません（「]」で閉じてください）"],
        id="bracket left open",
    ),
    pytest.param(
        b"name: a\naddressee: x\ncalendar: {closed: []\n",
        ["3:11: error YML002 「{」が閉じていません（「}」で閉じてください）"],
        id="brace left open",
    ),
    pytest.param(
        b"name: a\naddressee: x\ndepartments: [\n  - id: a\n",
        ["4:3: error YML002 ここに値がありません（「[」「{」が閉じているか確かめてください）"],
        id="block list in a bracket",
    ),
    pytest.param(
        "name: 見本市: 本庁\naddressee: x\n".encode(),
        [
            "1:10: error YML002 ここに「キー: 値」は書けません"
            "（値の中の「: 」は全体を '…' で囲み、字下げをそろえてください）"
        ],
        id="colon inside a value",
    ),
    pytest.param(
        "name：見本市\naddressee: x\n".encode(),
        [
            "1:1: error YML002 キーの後の「: 」がありません"
            "（「キー: 値」の形にし、半角のコロンの後に空白を置いてください）"
        ],
        id="full-width colon",
    ),
    pytest.param(
        b"name: a\ndepartments:\n  - id: a\n    name b\n    phone: 1\naddressee: x\n",
        [
            "4:5: error YML002 キーの後の「: 」がありません"
            "（「キー: 値」の形にし、半角のコロンの後に空白を置いてください）"
        ],
        id="colon missing in the middle",
    ),
    pytest.param(
        b"name: a\ndepartments:\n  - id a\n    name: b\naddressee: x\n",
        [
            "3:5: error YML002 キーの後の「: 」がありません"
            "（「キー: 値」の形にし、半角のコロンの後に空白を置いてください）"
        ],
        id="colon missing in the first key of an item",
    ),
    pytest.param(
        b"name: a\naddressee x\n",
        [
            "2:1: error YML002 キーの後の「: 」がありません"
            "（「キー: 値」の形にし、半角のコロンの後に空白を置いてください）"
        ],
        id="colon missing in the last line",
    ),
    pytest.param(
        "name: あああ\n  いいい\n  備考: ううう\naddressee: x\n".encode(),
        [
            "3:5: error YML002 ここに「キー: 値」は書けません"
            "（値の中の「: 」は全体を '…' で囲み、字下げをそろえてください）"
        ],
        id="colon in a value of several lines",
    ),
    pytest.param(
        b"name: a\ndepartments:\n  - id: a\n    name: x\n   - id: b\n    name: y\naddressee: x\n",
        ["5:4: error YML002 一覧の「-」の桁がそろっていません（同じ一覧の「-」は同じ桁から始めてください）"],
        id="dash in the wrong column",
    ),
    pytest.param(
        "name: **強調**\naddressee: x\n".encode(),
        ["1:7: error YML002 「&」や「*」で始まる値は使えません（値の全体を '…' で囲んでください）"],
        id="Markdown emphasis as a value",
    ),
    pytest.param(
        b"name: @mihon\naddressee: x\n",
        ["1:7: error YML002 ここから値を始められない文字です（値の全体を '…' で囲んでください）"],
        id="value that begins with a reserved character",
    ),
    pytest.param(
        b"name: - a\naddressee: x\n",
        ["1:7: error YML002 ここに一覧の「-」は書けません（一覧はキーの次の行から、字下げして始めてください）"],
        id="list beside its key",
    ),
    pytest.param(
        b'name: "C:\\qrs"\naddressee: x\n',
        ["1:10: error YML002 「\\」の後の文字が正しくありません（\"…\" の代わりに '…' で囲んでください）"],
        id="backslash in double quotes",
    ),
    # keys
    pytest.param(
        b"name: a\naddressee: x\nname: b\n",
        ["3:1: error YML003 キー「name」が 1 行目と重なっています（どちらか一つにしてください）"],
        id="key twice",
    ),
    pytest.param(
        b"name: a\naddressee: x\ndepartments:\n  - id: a\n    name: x\n    id: b\n",
        ["6:5: error YML003 キー「id」が 4 行目と重なっています（どちらか一つにしてください）"],
        id="key twice, nested",
    ),
    pytest.param(
        b"{name: a, addressee: x, name: y}\n",
        ["1:25: error YML003 キー「name」が 1 行目と重なっています（どちらか一つにしてください）"],
        id="key twice, in braces",
    ),
    pytest.param(
        b"name: a\naddressee: x\n? [a, b]\n: c\n",
        ["3:3: error YML004 キーに一覧や組は使えません（キーは短い英字の名にしてください）"],
        id="list as a key",
    ),
    pytest.param(
        b"name: a\naddressee: x\n{a: b}: c\n",
        ["3:1: error YML004 キーに一覧や組は使えません（キーは短い英字の名にしてください）"],
        id="mapping as a key",
    ),
    pytest.param(
        b"name: a\naddressee: x\n2026: a\ntrue: b\n",
        [
            "3:1: error SCH002 「2026」という項目はありません（書ける項目: name, addressee, departments, calendar, calendars）",
            "4:1: error SCH002 「true」という項目はありません（書ける項目: name, addressee, departments, calendar, calendars）",
        ],
        id="number and truth value as keys",
    ),
    # features of YAML that we do not take
    pytest.param(
        b"name: !!python/name:os.system x\naddressee: !secret x\n",
        [
            "1:7: error YML004 タグ !!python/name:os.system は使えません（タグを消してください）",
            "2:12: error YML004 タグ !secret は使えません（タグを消してください）",
        ],
        id="tags",
    ),
    pytest.param(
        b"name: a\naddressee: x\ndepartments: &a\n  - *a\n",
        ["4:5: error YML004 *a が自分自身を参照しています（参照をやめて書き下してください）"],
        id="alias to itself",
    ),
    pytest.param(
        b"name: *nobody\naddressee: x\n",
        ["1:7: error YML002 *nobody に当たる &nobody がありません（& で名付けた場所より後に書いてください）"],
        id="alias to nothing",
    ),
    pytest.param(
        b"name: &n a\n*n : x\naddressee: x\n",
        ["2:1: error YML004 キーに参照は使えません（キーは短い英字の名にしてください）"],
        id="alias as a key",
    ),
    pytest.param(
        b"name: a\naddressee: x\n<<: {calendar: {}}\n",
        [
            "3:1: error SCH002 「<<」という項目はありません（書ける項目: name, addressee, departments, calendar, calendars）"
        ],
        id="merge key",
    ),
    pytest.param(
        GOOD.encode() + b"---\nname: b\n",
        ["3:1: error YML004 一つのファイルに二つ目の文書（---）があります（ファイルを分けてください）"],
        id="second document",
    ),
    # bombs
    pytest.param(
        "".join(
            [
                "a: &a [x, x, x, x, x, x, x, x, x, x]\n",
                *(f"{b}: &{b} [{', '.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
            ]
        ).encode(),
        ["6:8: error YML005 値が多すぎます（200,000 個まで）（ファイルを分けるか、参照（*）を減らしてください）"],
        id="alias bomb",
    ),
    pytest.param(
        b"x: " + b"[" * 100_000,
        ["1:43: error YML005 入れ子が深すぎます（40 段まで）（入れ子を浅くしてください）"],
        id="depth bomb of brackets",
    ),
    pytest.param(
        b"x:\n " + b"- " * 100_000 + b"\n",
        ["2:80: error YML005 入れ子が深すぎます（40 段まで）（入れ子を浅くしてください）"],
        id="depth bomb of dashes",
    ),
    pytest.param(
        b"x: " + b"{a: " * 50_000,
        ["1:160: error YML005 入れ子が深すぎます（40 段まで）（入れ子を浅くしてください）"],
        id="depth bomb of braces",
    ),
    pytest.param(
        b"#" * (MAX_BYTES + 1),
        ["1:1: error YML005 ファイルが大きすぎます（2,097,153 バイト）（2,097,152 バイトまでにしてください）"],
        id="too large",
    ),
]


@pytest.mark.parametrize(("content", "expected"), BROKEN_FILES)
def test_broken_file_is_told_at_its_place(project: Callable[..., Project], content: bytes, expected: list[str]) -> None:
    """A broken file yields its own problem, at its place, and nothing about the files that refer to it."""
    ran = project().write({AUTHORITY: content}).check()
    assert ran.lines == [f"{AUTHORITY}:{line}" for line in expected]
    assert ran.code == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("﻿".encode() + GOOD.encode(), id="byte order mark at the start"),
        pytest.param(GOOD.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(("---\n" + GOOD + "...\n").encode(), id="document markers"),
        pytest.param("name: &n 見本市\naddressee: *n\n".encode(), id="alias that does not explode"),
        pytest.param("name:\t見本市\naddressee: x\n".encode(), id="tab after a colon"),
        pytest.param("name: 𠮷野市😀\naddressee: x\n".encode(), id="characters beyond the basic plane"),
    ],
)
def test_harmless_variety_is_accepted(project: Callable[..., Project], content: bytes) -> None:
    """What editors and habits add without changing the meaning is no problem."""
    ran = project().write({AUTHORITY: content}).check()
    assert (ran.code, ran.out) == (0, "")


def test_columns_count_characters() -> None:
    """A column is what an editor shows: characters, not bytes or UTF-16 units."""
    parsed = parse("{名: 𠮷野家😀, addressee: x}\n".encode(), "f.yml")
    assert (parsed.spot.children["addressee"].key_line, parsed.spot.children["addressee"].key_column) == (1, 11)


def test_positions_of_values_and_keys() -> None:
    """Each value knows where it stands, and where its key stands."""
    spot = parse(b"a:\n  - b: 1\n    c: [x,\n        y]\n", "f.yml").spot
    inner = spot.at(("a", 0, "c", 1))
    assert (inner.line, inner.column) == (4, 9)
    assert (spot.at(("a", 0, "c")).key_line, spot.at(("a", 0, "c")).key_column) == (3, 5)
    assert spot.at(("a", 0, "nothing", 3)) is spot.at(("a", 0))


TYPED = [
    ("", None),
    ("~", None),
    ("null", None),
    ("true", True),
    ("false", False),
    ("0", 0),
    ("12", 12),
    ("-3", -3),
    ("2026-04-01", dt.date(2026, 4, 1)),
]
TEXT = [
    "NO",
    "no",
    "Yes",
    "yes",
    "on",
    "off",
    "Null",
    "NULL",
    "True",
    "FALSE",
    "010",
    "0o17",
    "0x1F",
    "1_000",
    "1.10",
    "1e5",
    ".5",
    "+1",
    "-0",
    "8:40",
    "12:30",
    "190:20:30",
    "2026-02-30",
    "2026-4-1",
    "20260401x",
    "2026-04-01T10:00:00",
    "令和8年4月1日",
    "１２",
    "<<",
    "=",
    ".inf",
    ".NaN",
]


@pytest.mark.parametrize(("text", "value"), TYPED, ids=[text or "empty" for text, _ in TYPED])
def test_typed_words(text: str, value: Any) -> None:
    """Null, true and false, integers and ISO dates are typed."""
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


@pytest.mark.parametrize("text", TEXT)
def test_all_else_is_text(text: str) -> None:
    """What YAML 1.1 would turn into something else stays the text it is."""
    assert scalar(text) == text
    assert parse(f"[{text}]".encode(), "f.yml").value == [text]


def test_quoted_words_are_text() -> None:
    """Quotes make text of anything."""
    assert parse(b"['12', \"true\", '', '2026-04-01']", "f.yml").value == ["12", "true", "", "2026-04-01"]


@given(st.text())
def test_scalar_is_text_or_documented_type(text: str) -> None:
    """A plain scalar is its own text unless it is spelt exactly as a typed value is."""
    value = scalar(text)
    if isinstance(value, str):
        assert value == text
    elif value is None or isinstance(value, bool):
        assert text in ("", "~", "null", "true", "false")
    else:
        assert str(value) == text


def _places(content: bytes) -> list[int]:
    """The length of each line, as the problems' positions count them."""
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return [len(line) for line in text.split("\n")]


def _inside(line: int, column: int, content: bytes) -> bool:
    lengths = _places(content)
    return 1 <= line <= len(lengths) and 1 <= column <= lengths[line - 1] + 1


YAMLISH = st.text(alphabet=st.sampled_from("ab: -[]{},#&*!|>'\"%@`\n\t 　\\?~0123456789年見\r\0\x85\u2028\ufeff𠮷"))


@settings(max_examples=300)
@given(st.one_of(st.binary(), st.text().map(str.encode), YAMLISH.map(str.encode)))
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: b")
@example(b"a: |\n\t b")
@example(b"? ? ? :")
@example(b"%YAML 9.9\n---\na: b")
@example(b"&a *a")
def test_parse_never_raises_and_stays_in_the_file(content: bytes) -> None:
    """Whatever a file holds, reading it gives a value or problems, all of them at places the file has."""
    parsed = parse(content, "f.yml")
    assert parsed.problems or parsed.value is not None
    for problem in parsed.problems:
        assert _inside(problem.source.line, problem.source.column, content), problem
    pending = [parsed.spot]
    while pending:
        spot = pending.pop()
        assert _inside(spot.line, spot.column, content)
        pending += spot.children.values()
