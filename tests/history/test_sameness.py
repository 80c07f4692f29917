"""When two values say the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.history.sameness import blank, filled, same

DAY = dt.date(2026, 4, 1)


@pytest.mark.parametrize("value", [None, "", [], {}, {"users": None}, {"users": "", "extent": {}}])
def test_blank(value: Any) -> None:
    """What is written but says nothing is as good as not written."""
    assert blank(value)
    assert all(same(value, other) for other in (None, "", [], {}))


@pytest.mark.parametrize("value", [False, 0, "0", [None], ["x"], {"done": False}, " ", DAY])
def test_not_blank(value: Any) -> None:
    """`false`, 0 and an item of a list say something."""
    assert not blank(value)
    assert not same(value, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (False, 0),
        (True, 1),
        (0, None),
        (False, None),
        ("1", 1),
        (DAY, "2026-04-01"),
        (DAY, dt.datetime(2026, 4, 1)),
        (["甲", "乙"], ["乙", "甲"]),
        (["甲"], ["甲", "甲"]),
        (["甲"], "甲"),
        ({"done": False}, {}),
        ({"a": {"b": True}}, {"a": {"b": 1}}),
    ],
)
def test_not_the_same(one: Any, other: Any) -> None:
    """A type is part of what a value says; so is the order of a list."""
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": None}, {"a": 1}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([{"a": 1, "b": ""}], [{"a": 1}]),
        (dt.datetime(2026, 4, 1), dt.datetime(2026, 4, 1)),
    ],
)
def test_the_same(one: Any, other: Any) -> None:
    """Keys have no order, and blanks are not there."""
    assert same(one, other)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 1), st.sampled_from(["", "甲"]), st.just(DAY)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)),
    max_leaves=6,
)


@given(VALUES, VALUES)
def test_what_is_filled_tells_as_much(one: Any, other: Any) -> None:
    """Two values say the same if, and only if, their filled forms have the same text; both ways round."""
    assert same(one, one)
    assert same(one, other) == same(other, one)
    alike = repr(filled(one)) == repr(filled(other)) or (blank(one) and blank(other))
    assert same(one, other) == alike
