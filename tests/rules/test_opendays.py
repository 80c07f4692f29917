"""Open and closed days of an authority."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.model import Calendar, ClosedDays
from generator.rules.opendays import OpenDays

from .builders import CITY, HOLIDAYS, NEW_YEAR, WEEKEND, city_days, day, iso, opened

EVERY_DAY = Calendar(closed=(ClosedDays(weekdays=tuple("月火水木金土日"), ground="休止"),))


@pytest.mark.parametrize(
    ("date", "why"),
    [
        pytest.param("2026-04-01", None, id="水曜日は開庁"),
        pytest.param("2026-04-04", "土曜日（根拠: 条例1条1号）", id="週休日"),
        pytest.param("2026-04-29", "昭和の日（根拠: 条例1条2号）", id="祝日法2条"),
        pytest.param("2026-05-06", "振替休日（根拠: 条例1条2号）", id="祝日法3条2項"),
        pytest.param("2026-09-22", "国民の休日（根拠: 条例1条2号）", id="祝日法3条3項"),
        pytest.param("2026-12-28", None, id="年末年始の前日"),
        pytest.param("2026-12-29", "年末年始・12月29日から1月3日まで（根拠: 条例1条3号）", id="年末年始の初日"),
        pytest.param(
            "2027-01-01",
            "元日（根拠: 条例1条2号）、年末年始・12月29日から1月3日まで（根拠: 条例1条3号）",
            id="二つの根拠",
        ),
        pytest.param("2027-01-04", None, id="仕事始め"),
    ],
)
def test_why_a_day_is_closed(date: str, why: str | None) -> None:
    """Every ground that closes a day is named."""
    days = city_days()
    assert days.why_closed(day(date)) == why
    assert days.is_open(day(date)) is (why is None)


def test_single_days_are_added_and_removed() -> None:
    """An added day is closed, an opened day is open whatever closes it otherwise."""
    added = ClosedDays(date=day("2026-06-15"), name="開庁記念日", ground="規則2条")
    days = OpenDays(Calendar(closed=(WEEKEND, added), opened=(opened("2026-04-04"),)))
    assert days.why_closed(day("2026-06-15")) == "開庁記念日（根拠: 規則2条）"
    assert days.is_open(day("2026-04-04"))
    assert not days.is_open(day("2026-04-05"))


@pytest.mark.parametrize(
    ("date", "closed"),
    [("2026-08-12", False), ("2026-08-13", True), ("2026-08-15", True), ("2026-08-16", False)],
)
def test_a_yearly_range_inside_one_year(date: str, closed: bool) -> None:
    """Both ends of a range belong to it."""
    days = OpenDays(Calendar(closed=(ClosedDays(start="08-13", end="08-15", ground="夏季休業"),)))
    assert days.is_open(day(date)) is not closed


@pytest.mark.parametrize(
    ("date", "previous", "following"),
    [
        pytest.param("2026-05-03", "2026-05-01", "2026-05-07", id="五連休"),
        pytest.param("2026-12-31", "2026-12-28", "2027-01-04", id="年をまたぐ"),
        pytest.param("2026-04-01", "2026-03-31", "2026-04-02", id="開庁日そのものは含まない"),
    ],
)
def test_the_open_days_around(date: str, previous: str, following: str) -> None:
    """Strictly before and strictly after."""
    days = city_days()
    assert iso([days.previous_open(day(date)), days.next_open(day(date))]) == [previous, following]


def test_a_calendar_that_never_opens_gives_up() -> None:
    """No open day is found rather than searched for ever, at the ends of time too."""
    days = OpenDays(EVERY_DAY)
    assert days.next_open(day("2026-04-01")) is None
    assert days.previous_open(day("2026-04-01")) is None
    assert days.counted(day("2026-04-01"), 3) is None
    assert OpenDays(Calendar()).next_open(dt.date.max) is None
    assert OpenDays(Calendar()).previous_open(dt.date.min) is None


def test_a_calendar_without_rules_is_always_open() -> None:
    """Closed days are never assumed."""
    assert OpenDays(Calendar()).is_open(day("2026-01-01"))


@pytest.mark.parametrize(
    ("date", "calendar", "provisional"),
    [
        pytest.param("2028-03-20", CITY, True, id="未公告の春分の日"),
        pytest.param("2027-03-21", CITY, False, id="公告済みの春分の日"),
        pytest.param("2028-05-03", CITY, False, id="日の決まった祝日"),
        pytest.param("2029-09-23", CITY, False, id="日曜日なので秋分の日によらない"),
        pytest.param("2029-09-24", CITY, True, id="秋分の日の振替休日"),
        pytest.param("2032-09-21", CITY, True, id="秋分の日に接する国民の休日"),
        pytest.param("2028-03-20", Calendar(closed=(WEEKEND, NEW_YEAR)), False, id="祝日に閉じない暦"),
        pytest.param(
            "2028-03-20", Calendar(closed=(HOLIDAYS,), opened=(opened("2028-03-20"),)), False, id="特に開庁する日"
        ),
    ],
)
def test_provisional_days(date: str, calendar: Calendar, provisional: bool) -> None:
    """Provisional only where the answer rests on nothing but an unannounced equinox."""
    assert OpenDays(calendar).provisional(day(date)) is provisional
