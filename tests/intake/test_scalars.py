"""One form for each value, however it was written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.scalars import SCALAR_TYPES

FORMS: list[tuple[str, Any, Any]] = [
    ("date", "令和８年４月１日", dt.date(2026, 4, 1)),
    ("date", dt.date(2026, 4, 1), dt.date(2026, 4, 1)),
    ("integer", "１２", 12),
    ("integer", "-3", -3),
    ("integer", "012", "012"),
    ("integer", "1.0", "1.0"),
    ("text", 12, "12"),
    ("text", dt.date(2026, 4, 1), "2026-04-01"),
    ("text", False, "false"),
    ("clock", "08:40", "8:40"),
    ("clock", "１７：２５", "17:25"),
    ("clock", "8時40分", "8:40"),
    ("clock", "24:00", "24:00"),
    ("monthday", "1-3", "01-03"),
    ("monthday", "12月29日", "12-29"),
    ("moment", "2026-04-01 16:30", dt.datetime(2026, 4, 1, 16, 30)),
    ("moment", "令和8年4月1日 8時5分", "令和8年4月1日 8時5分"),
    ("moment", "令和8年4月1日8時05分", dt.datetime(2026, 4, 1, 8, 5)),
    ("id", 7, "7"),
    ("id", "か\u3099く", "がく"),
]


@pytest.mark.parametrize(("kind", "written", "value"), FORMS)
def test_form(kind: str, written: Any, value: Any) -> None:
    """Each type has one form; what cannot be brought to it stays as it was written."""
    assert SCALAR_TYPES[kind].normalise(written) == value


WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(), lambda inner: st.lists(inner, max_size=3)
)


@given(st.sampled_from(sorted(SCALAR_TYPES)), WRITTEN)
def test_normalising_twice_changes_nothing(kind: str, written: Any) -> None:
    """Whatever is written, normalising it never fails, and its result is its own normal form."""
    once = SCALAR_TYPES[kind].normalise(written)
    assert SCALAR_TYPES[kind].normalise(once) == once
    if isinstance(once, SCALAR_TYPES[kind].python):
        assert SCALAR_TYPES[kind].refuses(once) in (True, False)
