"""Choices lead from a word back to the value that is meant, whatever the words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.tables import Choices, folded

PEOPLE = Choices.of("人", [("p1", "見本 太郎"), ("p2", "例示 花子"), ("p3", "例示　花子"), ("p4", "一、二")])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("見本 太郎", "p1"),
        ("見本太郎", "p1"),
        ("　見本　太郎 ", "p1"),
        ("p1", "p1"),
        ("ｐ１", "p1"),
        ("見本 太郎（p1）", "p1"),
        ("見本 太郎(p1)", "p1"),
        ("例示 花子（p3）", "p3"),
        ("例示 花子", None),
        ("見本 太郎（p2）", None),
        ("", None),
    ],
)
def test_a_word_the_value_or_both_mean_the_value(text: str, value: str | None) -> None:
    """Blanks and widths do not count; a name that two people have is nobody's until the id stands behind it."""
    assert PEOPLE.value(text) == value


def test_words_are_told_apart() -> None:
    """Of two words that read the same each has its value behind it; one that would look like several is the value."""
    assert [*PEOPLE.words.values()] == ["見本 太郎", "例示 花子（p2）", "例示　花子（p3）", "p4"]
    assert PEOPLE.word("p9") == "p9"


def test_hint_names_what_is_near() -> None:
    """A slip is answered with the word it was meant to be, anything else with what there is."""
    assert PEOPLE.near("見本 太朗") == "見本 太郎 ではありませんか"
    assert PEOPLE.near("x") == "書けるもの: 見本 太郎、例示 花子（p2）、例示　花子（p3）、p4"
    assert Choices.of("人", ((f"p{n}", f"人{n}") for n in range(20))).near("x").endswith("人11 など")


def test_changed_words_still_mean_the_same() -> None:
    """Who was renamed can be named by either name."""
    renamed = Choices.of("人", [("p1", "見本 次郎")], PEOPLE)
    assert (renamed.value("見本 次郎"), renamed.value("見本 太郎"), renamed.word("p1")) == ("p1", "p1", "見本 次郎")


@given(st.dictionaries(st.from_regex(r"[a-z][0-9]{1,3}", fullmatch=True), st.text(min_size=1, max_size=6), max_size=8))
def test_every_word_leads_back(words: dict[str, str]) -> None:
    """What is shown for a value means that value, whatever people are called."""
    choices = Choices.of("人", words.items())
    shown = [folded(word) for word in choices.words.values()]
    assert all(
        choices.value(choices.word(value)) == value for value in words if shown.count(folded(choices.word(value))) == 1
    )
    assert all(choices.word(value) in (words[value], f"{words[value]}（{value}）", value) for value in words)
