"""差し込み: what a text inserts, and where; inside code nothing is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.insertions import insertions

FORMS = [
    ("[[servers/db01]]", "", "servers/db01", ()),
    ("[[servers/db01.address]]", "", "servers/db01.address", ()),
    ("[[ servers/db01 ]]", "", "servers/db01", ()),
    ("[[procedure stop]]", "procedure", "stop", ()),
    ("[[table servers: title, os]]", "table", "servers", ("title", "os")),
    ("[[table servers]]", "table", "servers", ()),
    ("[[table servers: ]]", "table", "servers", ()),
    ("[[]]", "", "", ()),
]


@pytest.mark.parametrize(("text", "word", "name", "columns"), FORMS, ids=[form[0] for form in FORMS])
def test_form(text: str, word: str, name: str, columns: tuple[str, ...]) -> None:
    """A plain fact, a word with what it is about, a table with its columns."""
    (found,) = insertions(text)
    assert (found.word, found.name, found.columns) == (word, name, columns)
    assert text == f"[[{found.text}]]"


HIDDEN = [
    "`[[a/b]]`",
    "``a ` [[a/b]]``",
    "```\n[[a/b]]\n```",
    "```yaml\nx: [[a/b]]\n```",
    "~~~\n[[a/b]]\n~~~",
    "````\n```\n[[a/b]]\n```\n````",
    "前\n\n```\n[[a/b]]\n```\n\n後",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_is_inserted_in_code(text: str) -> None:
    """Code is shown as it was written."""
    assert list(insertions(text)) == []


PLAIN = ["[a/b]", "[[a/b]", "[a/b]]", "[[a\nb]]", "[[a[b]]", "[link](x)", "a]] [[b"]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_insertion(text: str) -> None:
    """Two brackets on either side, on one line, and none between."""
    assert list(insertions(text)) == []


NAMES = st.text("abz09/.- :,表項", max_size=8)
PIECES = st.one_of(
    st.tuples(st.just("plain"), st.text("abz漢字。(){}*_# ", max_size=12)),
    st.tuples(st.just("plain"), st.sampled_from(["[a]", "[a](b)", "[", "]"])),
    st.tuples(st.just("insertion"), NAMES.map(lambda name: f"[[{name}]]")),
    st.tuples(st.just("code"), NAMES.map(lambda name: f"`x [[{name}]]`")),
    st.tuples(st.just("fence"), NAMES.map(lambda name: f"\n```\n[[{name}]]\n```\n")),
)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["、", "\n", "\n\n"])), max_size=8))
def test_each_is_found_once_at_its_place(pieces: list[tuple[tuple[str, str], str]]) -> None:
    """Offset, line and column are those of the brackets in the text, whatever stands before them."""
    text, expected = "", []
    for (kind, written), gap in pieces:
        if kind == "insertion":
            lines = text.split("\n")
            expected.append((len(text), len(lines), len(lines[-1]) + 1, written[2:-2]))
        text += written + gap
    assert [(one.start, one.line, one.column, one.text) for one in insertions(text)] == expected
    assert all(text[one.start : one.end] == f"[[{one.text}]]" for one in insertions(text))


@given(st.text("[]`~\n ab", max_size=40))
def test_any_text_is_scanned(text: str) -> None:
    """What is found stands in the text, in order, and nothing overlaps."""
    found = list(insertions(text))
    assert all(text[one.start : one.end] == f"[[{one.text}]]" for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
