"""民法138条-143条 as arithmetic; the ground of each row is in its id."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rules import counting
from generator.rules.fiscal import month_end

from .builders import day

DAYS = st.dates(day("1990-01-01"), day("2090-12-31"))


@pytest.mark.parametrize(
    ("anchor", "count", "counted", "expected"),
    [
        pytest.param("2026-04-30", 10, False, "2026-05-10", id="民法140条本文 初日不算入"),
        pytest.param("2026-04-01", 7, True, "2026-04-07", id="民法140条ただし書 午前零時から"),
        pytest.param("2026-04-01", 7, False, "2026-04-08", id="民法140条本文 契約日の翌日から"),
        pytest.param("2026-12-25", 14, False, "2027-01-08", id="民法141条 年をまたぐ"),
        pytest.param("2028-02-20", 14, False, "2028-03-05", id="民法141条 うるう日をまたぐ"),
        pytest.param("2027-02-20", 14, False, "2027-03-06", id="民法141条 平年"),
    ],
)
def test_days(anchor: str, count: int, counted: bool, expected: str) -> None:
    """Days are counted one by one."""
    assert counting.add_days(day(anchor), count, counted).isoformat() == expected


@pytest.mark.parametrize(
    ("anchor", "count", "counted", "expected"),
    [
        pytest.param("2026-04-28", 2, False, "2026-05-12", id="民法143条 二週間はD+14"),
        pytest.param("2026-04-28", 2, True, "2026-05-11", id="民法143条 初日算入"),
        pytest.param("2028-02-15", 2, False, "2028-02-29", id="民法143条 うるう日に満了"),
    ],
)
def test_weeks(anchor: str, count: int, counted: bool, expected: str) -> None:
    """A week ends on the day before the corresponding weekday."""
    assert counting.add_weeks(day(anchor), count, counted).isoformat() == expected


@pytest.mark.parametrize(
    ("anchor", "count", "counted", "expected"),
    [
        pytest.param("2026-01-31", 1, False, "2026-02-28", id="民法143条2項 起算日2月1日 平年"),
        pytest.param("2028-01-31", 1, False, "2028-02-29", id="民法143条2項 起算日2月1日 うるう年"),
        pytest.param("2026-01-30", 1, False, "2026-02-28", id="民法143条2項ただし書 応当日31日なし"),
        pytest.param("2026-01-29", 1, False, "2026-02-28", id="民法143条2項ただし書 応当日30日なし"),
        pytest.param("2026-01-15", 1, False, "2026-02-15", id="民法143条2項 応当日の前日"),
        pytest.param("2026-01-15", 1, True, "2026-02-14", id="民法143条2項 初日算入"),
        pytest.param("2026-01-31", 1, True, "2026-02-28", id="民法143条2項ただし書 初日算入"),
        pytest.param("2026-04-30", 1, False, "2026-05-31", id="民法143条1項 月の初めから暦に従う"),
        pytest.param("2026-02-28", 1, False, "2026-03-31", id="民法143条1項 2月末日から"),
        pytest.param("2027-03-31", 2, False, "2027-05-31", id="民法143条1項 年度終了後2か月"),
        pytest.param("2026-04-01", 12, True, "2027-03-31", id="民法143条1項 年度"),
        pytest.param("2026-11-30", 3, False, "2027-02-28", id="民法143条 年をまたぐ"),
    ],
)
def test_months(anchor: str, count: int, counted: bool, expected: str) -> None:
    """Months run by the calendar, to the day before the corresponding day."""
    assert counting.add_months(day(anchor), count, counted).isoformat() == expected


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        pytest.param("2028-02-29", "2029-02-28", id="民法143条 うるう日から1年"),
        pytest.param("2027-02-28", "2028-02-29", id="民法143条1項 3月1日から1年の末日"),
        pytest.param("2026-04-01", "2027-04-01", id="民法143条2項 1年"),
    ],
)
def test_years(anchor: str, expected: str) -> None:
    """Years run by the calendar."""
    assert counting.add_years(day(anchor), 1).isoformat() == expected


@pytest.mark.parametrize(
    ("function", "anchor", "count", "expected"),
    [
        pytest.param(counting.days_before, "2027-03-31", 30, "2027-03-01", id="30日前"),
        pytest.param(counting.weeks_before, "2027-03-31", 2, "2027-03-17", id="2週間前"),
        pytest.param(counting.months_before, "2027-03-31", 1, "2027-02-28", id="1か月前 応当日なし"),
        pytest.param(counting.months_before, "2029-03-31", 2, "2029-01-31", id="2か月前"),
        pytest.param(counting.years_before, "2028-02-29", 1, "2027-02-28", id="1年前 うるう日"),
    ],
)
def test_backwards(function: object, anchor: str, count: int, expected: str) -> None:
    """n日前: the anchor's day is not counted."""
    assert function(day(anchor), count).isoformat() == expected  # type: ignore[operator]


def test_hours_run_from_the_moment() -> None:
    """民法139条."""
    assert counting.add_hours(dt.datetime(2026, 12, 31, 23, 30), 2) == dt.datetime(2027, 1, 1, 1, 30)


@given(DAYS, st.integers(1, 400))
def test_days_backwards_undo_days_forwards(anchor: dt.date, count: int) -> None:
    """An inverse, whether the first day is counted or not."""
    for counted in (False, True):
        assert counting.days_before(counting.add_days(anchor, count, counted), count, counted) == anchor


@given(DAYS, st.integers(1, 60))
def test_months_never_drift_from_month_ends(anchor: dt.date, count: int) -> None:
    """From a month's end to a month's end, however many months and in however many steps."""
    end = month_end(anchor.year, anchor.month)
    last = counting.add_months(end, count)
    assert last == month_end(last.year, last.month)
    stepped = end
    for _ in range(count):
        stepped = counting.add_months(stepped, 1)
    assert stepped == last


@given(DAYS, DAYS, st.integers(1, 60), st.sampled_from([counting.add_days, counting.add_weeks, counting.add_months]))
def test_a_later_anchor_never_gives_an_earlier_date(first: dt.date, second: dt.date, count: int, add: object) -> None:
    """Monotonic in the anchor."""
    early, late = sorted((first, second))
    assert add(early, count) <= add(late, count)  # type: ignore[operator]


@given(DAYS, st.integers(1, 60), st.sampled_from([counting.add_days, counting.add_weeks, counting.add_months]))
def test_one_more_is_later_and_counting_the_first_day_is_not(anchor: dt.date, count: int, add: object) -> None:
    """Monotonic in the count; counting the first day never gains time."""
    assert add(anchor, count) < add(anchor, count + 1)  # type: ignore[operator]
    assert add(anchor, count, True) <= add(anchor, count, False)  # type: ignore[operator]
