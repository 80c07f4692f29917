"""The turn of a fiscal year."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.rules.nextyear import year_later


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2026-11-15", "2027-11-15"),
        ("2026-08-31", "2027-08-31"),
        ("2027-02-28", "2028-02-29"),
        ("2028-02-29", "2029-02-28"),
        ("2028-02-28", "2029-02-28"),
        ("2027-02-27", "2028-02-27"),
    ],
)
def test_a_date_keeps_its_place_in_the_month(day: str, later: str) -> None:
    """The same day; the last of February stays the last."""
    assert year_later(dt.date.fromisoformat(day)) == dt.date.fromisoformat(later)
