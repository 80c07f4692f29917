"""Open and closed days of an authority."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.model import Calendar, ClosedDays
from generator.rules.opendays import Almanac, OpenDays

from .builders import CITY, HOLIDAYS, LIBRARY, NEW_YEAR, WEEKEND, city_days, contract, day, iso, opened

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


@pytest.mark.parametrize(
    ("date", "why"),
    [
        pytest.param("2026-04-04", None, id="土曜日は開館"),
        pytest.param("2026-04-06", "月曜日（根拠: 規則3条1号）", id="月曜日は休館"),
        pytest.param("2026-05-04", None, id="休日の月曜日は開館"),
        pytest.param("2026-05-05", None, id="翌日も休日なら開館"),
        pytest.param(
            "2026-05-07",
            "5月4日（月曜日）が休日に当たるための代わりの休館日（根拠: 規則3条1号）",
            id="連休の後の最初の休日でない日",
        ),
        pytest.param("2026-05-08", None, id="代わりの休館日は一日だけ"),
        pytest.param(
            "2026-09-24", "9月21日（月曜日）が休日に当たるための代わりの休館日（根拠: 規則3条1号）", id="秋の連休"
        ),
        pytest.param("2026-04-16", "第3木曜日・館内整理日（根拠: 規則3条2号）", id="第3木曜日"),
        pytest.param("2026-04-23", None, id="第4木曜日"),
        pytest.param(
            "2026-12-28",
            "月曜日（根拠: 規則3条1号）、年末年始・12月28日から1月4日まで（根拠: 規則3条3号）",
            id="二つの根拠",
        ),
        pytest.param("2026-06-11", "特別整理期間（根拠: 規則3条4号）", id="続けて閉じる日"),
        pytest.param("2026-06-13", None, id="その翌日"),
        pytest.param("2027-06-11", None, id="その年だけの範囲"),
    ],
)
def test_a_library_has_other_closed_days(date: str, why: str | None) -> None:
    """Weekdays that give way to holidays, weekdays of the month, days in a row."""
    assert OpenDays(LIBRARY).why_closed(day(date)) == why


@pytest.mark.parametrize(
    ("nth", "closed"),
    [
        pytest.param(("第1", "第3"), ["2026-05-02", "2026-05-16"], id="第1・第3土曜日"),
        pytest.param(("第5",), ["2026-05-30"], id="第5土曜日"),
        pytest.param(("最終",), ["2026-05-30"], id="最終土曜日"),
        pytest.param((), ["2026-05-02", "2026-05-09", "2026-05-16", "2026-05-23", "2026-05-30"], id="毎週土曜日"),
    ],
)
def test_weekdays_of_the_month(nth: tuple[str, ...], closed: list[str]) -> None:
    """Counted from the first of the month, or its last."""
    days = OpenDays(Calendar(closed=(ClosedDays(weekdays=("土",), nth=nth, ground="規則"),)))
    month = [dt.date(2026, 5, number) for number in range(1, 32)]
    assert iso([one for one in month if not days.is_open(one)]) == closed


def test_a_weekday_that_only_gives_way_to_holidays() -> None:
    """Open on the holiday, and no other day is closed for it."""
    days = OpenDays(Calendar(closed=(ClosedDays(weekdays=("月",), on_holiday="open", ground="規則"),)))
    assert [days.is_open(day(date)) for date in ("2026-04-27", "2026-05-04", "2026-05-07")] == [False, True, True]


@pytest.mark.parametrize(
    ("date", "is_open", "provisional"),
    [
        pytest.param("2028-03-20", True, True, id="未公告の春分の日の月曜日は開館"),
        pytest.param("2028-03-21", False, True, id="その代わりの休館日"),
        pytest.param("2028-03-22", True, False, id="その翌日"),
        pytest.param("2027-03-22", True, False, id="公告済みの春分の日の振替休日"),
        pytest.param("2028-03-27", False, False, id="次の月曜日"),
    ],
)
def test_days_that_give_way_are_provisional_too(date: str, is_open: bool, provisional: bool) -> None:
    """What is open because of an equinox, and what is closed in its place."""
    days = OpenDays(LIBRARY)
    assert (days.is_open(day(date)), days.provisional(day(date))) == (is_open, provisional)


def test_a_contract_has_several_calendars() -> None:
    """The authority's own, and others by name; a name that nothing has gives the authority's own."""
    almanac = Almanac(contract())
    assert (almanac.days().open_name, almanac.days("library").open_name) == ("開庁日", "開館日")
    assert almanac.days("nothing") is almanac.days()
    assert almanac.work is almanac.days()
