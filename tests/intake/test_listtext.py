"""A list in a data file changed as text: what is written is read back, and all else stays to the letter."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.listtext import appended, filled_in, item_text, scalar
from generator.intake.yamltext import parse
from generator.problems import NohinError, Source

PATH = "data/contracts/mihon/submissions.yml"
DAY = dt.date(2026, 6, 8)
ITEM = {"deliverable": "1", "date": DAY, "files": [{"document": "x", "pages": 3}, {"document": "y", "pages": 1}]}

FILES = {
    "no file": "",
    "comments only": "# 提出の記録\n# まだない\n",
    "empty list": "submissions: []  # まだない\n",
    "key alone": "submissions:\n# ここから\n",
    "indented list": "submissions:\n  - date: 2026-05-08  # 金\n    # 検収待ち\n",
    "list at the margin": "# 見出し\nsubmissions:\n- date: 2026-05-08\n",
    "deep list with other line ends": "submissions:\r\n      - date: 2026-05-08\r\n        note: 良\r\n# 終わり\r\n",
    "no line end": "submissions:\n  - date: 2026-05-08",
    "byte order mark": "\ufeffsubmissions:\n  - date: 2026-05-08\n",
    "braces inside": "submissions:\n  - {date: 2026-05-08, note: 良}\n",
    "another key first": "about: x\nsubmissions:\n  - date: 2026-05-08\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=list(FILES))
def test_item_comes_last_and_all_else_stays(text: str) -> None:
    """The list has one more item; every line that was there still is, in its place."""
    before = parse(text.encode(), PATH).value or {}
    new = appended(text.encode(), PATH, "submissions", ITEM)
    assert parse(new, PATH).value == {**before, "submissions": [*(before.get("submissions") or []), ITEM]}
    kept = text.replace("submissions: []  #", "submissions:  #").splitlines()
    assert new.decode().splitlines()[: len(kept)] == kept
    assert ("\r\n" in text) == (b"\r\n" in new)
    assert b"\r\n" not in new or new.count(b"\n") == new.count(b"\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "submissions: [{date: 2026-05-08}]\n",
        "submissions:\n  - date: 2026-05-08\n...\n",
        "submissions:\n- date: 1\nabout: x\n",
    ],
)
def test_file_of_another_form_is_refused_with_what_to_write(text: str) -> None:
    """Where the item cannot simply be written at the end, nothing is guessed: the message shows the item."""
    with pytest.raises(NohinError, match="手で書いてください\n  - deliverable: '1'"):
        appended(text.encode(), PATH, "submissions", ITEM)


def test_broken_file_is_refused() -> None:
    """A file that cannot be read is not written to."""
    with pytest.raises(NohinError, match="読めません"):
        appended(b"submissions: [\n", PATH, "submissions", ITEM)


FILLED = {
    "submissions:\n  - deliverable: 1\n    date: 2026-05-08  # 金\n    # 検収待ち\n": (
        "submissions:\n  - deliverable: 1\n    date: 2026-05-08  # 金\n    accepted: 2026-06-08\n"
        "    reason: '良好: 可'\n    # 検収待ち\n"
    ),
    "submissions:\n- date: 2026-05-08\n  deliverable: 1": (
        "submissions:\n- date: 2026-05-08\n  accepted: 2026-06-08\n  reason: '良好: 可'\n  deliverable: 1"
    ),
    "submissions:\n- date: 2026-05-08": (
        "submissions:\n- date: 2026-05-08\n  accepted: 2026-06-08\n  reason: '良好: 可'\n"
    ),
    "submissions: [{date: '2026-05-08' , deliverable: 1}]  # x\n": (
        "submissions: [{date: '2026-05-08', accepted: 2026-06-08, reason: '良好: 可' , deliverable: 1}]  # x\n"
    ),
    "submissions:\r\n  - date: 2026-05-08\r\n": (
        "submissions:\r\n  - date: 2026-05-08\r\n    accepted: 2026-06-08\r\n    reason: '良好: 可'\r\n"
    ),
}


@pytest.mark.parametrize(("text", "expected"), FILLED.items())
def test_values_come_behind_the_field(text: str, expected: str) -> None:
    """A decision stands behind the date, in the manner of its entry."""
    spot = parse(text.encode(), PATH).spot.at(("submissions", 0))
    values = {"accepted": DAY, "reason": "良好: 可"}
    assert filled_in(text.encode(), spot.source(PATH), "submissions", "date", values).decode() == expected


def test_only_the_item_of_that_place_is_filled_in() -> None:
    """Entries that say the same are told apart by where they stand."""
    text = "submissions:\n  - date: 2026-05-08\n  - date: 2026-05-08\n"
    new = filled_in(text.encode(), Source(PATH, 3, 5), "submissions", "date", {"accepted": DAY}).decode()
    assert new == "submissions:\n  - date: 2026-05-08\n  - date: 2026-05-08\n    accepted: 2026-06-08\n"
    with pytest.raises(NohinError, match="項目がありません"):
        filled_in(text.encode(), Source(PATH, 9, 1), "submissions", "date", {"accepted": DAY})


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=30))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    """Whatever somebody gives as a reason or a name: numbers, colons, quotes, dates, blanks."""
    assert parse(item_text({"reason": text}).encode(), PATH).value == [{"reason": text}]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("見本 太郎", "見本 太郎"),
        ("4", "'4'"),
        ("true", "'true'"),
        ("a: b", "'a: b'"),
        ("it's #1", '"it\'s #1"'),
        (3, "3"),
        (DAY, "2026-06-08"),
    ],
)
def test_plain_where_that_is_the_same(value: object, written: str) -> None:
    """Quotes stand only where they are needed."""
    assert scalar(value) == written


def test_lists_moments_and_what_is_empty() -> None:
    """Short values stand in one line, lists of mappings below each other; nothing is written for nothing."""
    item = {
        "at": dt.datetime(2026, 6, 8, 9, 5),
        "parts": ("a", "b, c", "1"),
        "note": None,
        "files": [],
        "of": [{"x": 1}],
    }
    expected = "- at: 2026-06-08 09:05\n  parts: [a, \"b, c\", '1']\n  of:\n    - x: 1\n"
    assert item_text(item) == expected
    assert parse(expected.encode(), PATH).value == [
        {"at": "2026-06-08 09:05", "parts": ["a", "b, c", "1"], "of": [{"x": 1}]}
    ]
