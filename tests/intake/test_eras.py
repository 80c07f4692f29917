"""Japanese dates, both ways."""

from __future__ import annotations

import contextlib
import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.eras import ERAS, NotADate, era_year, parse_date, wareki, wareki_month, wareki_weekday

SPELLINGS = [
    ("2026-04-01", "2026-04-01"),
    ("2026/4/1", "2026-04-01"),
    ("2026.4.1", "2026-04-01"),
    ("2026年4月1日", "2026-04-01"),
    ("２０２６年４月１日", "2026-04-01"),
    ("令和8年4月1日", "2026-04-01"),
    ("令和８年４月１日", "2026-04-01"),
    ("令和 8 年 4 月 1 日", "2026-04-01"),
    ("R8.4.1", "2026-04-01"),
    ("r8-4-1", "2026-04-01"),
    ("令和元年5月1日", "2019-05-01"),
    ("令和1年5月1日", "2019-05-01"),
    ("平成31年4月30日", "2019-04-30"),
    ("平成元年1月8日", "1989-01-08"),
    ("昭和64年1月7日", "1989-01-07"),
    ("S64.1.7", "1989-01-07"),
    ("大正15年12月24日", "1926-12-24"),
    ("明治45年7月29日", "1912-07-29"),
    ("令和8年2月28日", "2026-02-28"),
    ("令和10年2月29日", "2028-02-29"),
]


@pytest.mark.parametrize(("text", "day"), SPELLINGS)
def test_spelling(text: str, day: str) -> None:
    """Whatever way a person writes a day, it is that day."""
    assert parse_date(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-04-00",
        "0000-01-01",
        "令和8年2月30日",
        "令和8年13月1日",
        "令和0年5月1日",
        "令和元年4月30日",
        "平成31年5月1日",
        "平成元年1月7日",
        "昭和64年1月8日",
        "明治5年12月31日",
        "明治45年7月30日",
        "令和999年13月1日",
    ],
)
def test_day_that_does_not_exist(text: str) -> None:
    """A date's form with a day that no calendar has, or that another era has, is no date."""
    with pytest.raises(NotADate):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["", "来月", "2026-04", "4月1日", "令和8年", "8:40", "20260401", "X8.4.1", "2026-04-01T00:00"]
)
def test_no_date(text: str) -> None:
    """What does not have a date's form is left to others."""
    assert parse_date(text) is None


def test_first_and_last_days_of_eras() -> None:
    """An era begins on its first day, and the day before is the last of the one before."""
    firsts = [first for _, _, first, _ in ERAS]
    assert [era_year(day) for day in firsts] == ["令和元", "平成元", "昭和元", "大正元", "明治6"]
    lasts = [era_year(day - dt.timedelta(days=1)) for day in firsts]
    assert lasts == ["平成31", "昭和64", "大正15", "明治45", "1872"]


def test_shown() -> None:
    """A date is shown as an office writes it."""
    day = dt.date(2026, 4, 1)
    assert (wareki(day), wareki_month(day), wareki_weekday(day)) == (
        "令和8年4月1日",
        "令和8年4月",
        "令和8年4月1日（水）",
    )


@given(st.dates(dt.date(1873, 1, 1), dt.date(2999, 12, 31)))
def test_round_trip(day: dt.date) -> None:
    """Every day since the calendar of 1873 is read back from its 和暦 form, full width or not."""
    assert parse_date(wareki(day)) == day
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in wareki(day))
    assert unicodedata.normalize("NFKC", wide) == wareki(day)
    assert parse_date(wide) == day


@given(st.text())
def test_any_text_is_a_date_or_none_or_refused(text: str) -> None:
    """Nothing but a date, None and NotADate comes of a text."""
    with contextlib.suppress(NotADate):
        assert parse_date(text) is None or isinstance(parse_date(text), dt.date)
