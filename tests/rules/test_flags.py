"""Closed days, rolls and the other things to notice about a date."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model import Calendar, ClosedDays
from generator.rules.flags import FLAGS
from generator.rules.states import STATES

from .builders import CITY, day, items, rule
from .test_opendays import EVERY_DAY

SATURDAYS = Calendar(
    id="library", name="開館日", closed_name="休館日", closed=(ClosedDays(weekdays=("土",), ground="規則"),)
)

DOCS = Path(__file__).parents[2] / "docs" / "deadlines.md"


@pytest.mark.parametrize(
    ("date", "flags", "previous", "following"),
    [
        pytest.param("2026-04-30", (), None, None, id="開庁日"),
        pytest.param(
            "2026-05-10", ("閉庁日",), "2026-05-08", "2026-05-11", id="日曜日 民法142条は契約の期日を動かさない"
        ),
        pytest.param("2029-03-31", ("閉庁日", "年度末をまたぐ閉庁日"), "2029-03-30", "2029-04-02", id="年度末の土曜日"),
        pytest.param(
            "2028-04-01", ("閉庁日", "年度末をまたぐ閉庁日"), "2028-03-31", "2028-04-03", id="年度始めの土曜日"
        ),
        pytest.param("2026-12-31", ("閉庁日",), "2026-12-28", "2027-01-04", id="年末"),
        pytest.param("2028-03-20", ("閉庁日", "暫定"), "2028-03-17", "2028-03-21", id="未公告の春分の日"),
        pytest.param(
            "2028-03-19", ("閉庁日", "暫定"), "2028-03-17", "2028-03-21", id="翌開庁日が未公告の春分の日による"
        ),
        pytest.param("2027-03-21", ("閉庁日",), "2027-03-19", "2027-03-23", id="公告済みの春分の日"),
        pytest.param("2029-04-27", ("契約終了後",), None, None, id="契約終了後"),
    ],
)
def test_a_date_is_flagged_and_never_moved(
    date: str, flags: tuple[str, ...], previous: str | None, following: str | None
) -> None:
    """The nominal date stands; the open days before and after stand beside it."""
    item = items(rule(on=date))[0]
    assert (item.due, item.flags) == (day(date), flags)
    around = (item.closed_day.previous_open, item.closed_day.next_open) if item.closed_day else (None, None)
    assert around == (day(previous) if previous else None, day(following) if following else None)


@pytest.mark.parametrize(
    ("date", "roll", "expected", "flags"),
    [
        pytest.param("2026-08-15", "next_open", "2026-08-17", ("繰下げ済み",), id="閉庁日の場合、翌開庁日"),
        pytest.param("2026-08-14", "next_open", "2026-08-14", (), id="開庁日は動かない"),
        pytest.param("2026-08-15", "previous_open", "2026-08-14", ("繰上げ済み",), id="直前の開庁日"),
        pytest.param(
            "2029-03-31",
            "next_open",
            "2029-04-02",
            ("繰下げ済み", "年度末をまたぐ繰下げ", "契約終了後"),
            id="年度をまたぐ繰下げ",
        ),
        pytest.param(
            "2028-04-01", "previous_open", "2028-03-31", ("繰上げ済み", "年度末をまたぐ繰上げ"), id="年度をまたぐ繰上げ"
        ),
        pytest.param("2028-03-20", "next_open", "2028-03-21", ("繰下げ済み", "暫定"), id="未公告の春分の日から"),
        pytest.param("2026-05-03", "next_open", "2026-05-07", ("繰下げ済み",), id="五連休"),
    ],
)
def test_a_date_moves_where_the_rule_says_so(date: str, roll: str, expected: str, flags: tuple[str, ...]) -> None:
    """And the explanation says from where."""
    item = items(rule(on=date, roll=roll))[0]
    assert (item.due, item.flags, item.closed_day) == (day(expected), flags, None)
    if expected != date:
        assert any("閉庁日なので、閉庁日の場合は" in step for step in item.explanation)


def test_a_roll_without_an_open_day_stays() -> None:
    """A calendar that never opens moves nothing."""
    item = items(rule(on="2026-08-15", roll="next_open"), calendar=EVERY_DAY)[0]
    assert (item.due, item.flags) == (day("2026-08-15"), ("閉庁日",))
    assert item.closed_day is not None
    assert item.closed_day.next_open is None


def test_assumed_dates_are_marked() -> None:
    """納品期限（想定）."""
    assert items(rule(on="2026-12-25", provisional=True))[0].flags == ("想定",)


def test_dates_before_the_contract_are_marked() -> None:
    """Before the start and before the signing."""
    assert items(rule(each="month", on="25 of previous month"), end="2026-04-30")[0].flags == ("契約開始前",)
    early = items(rule(within="7 days of contract.signed"), signed="2026-03-02")
    assert (early[0].due, early[0].flags) == (day("2026-03-09"), ())


def test_another_authority_has_other_closed_days() -> None:
    """The calendar is the authority's."""
    founding = Calendar(closed=(*CITY.closed, ClosedDays(date=day("2026-04-30"), name="開庁記念日", ground="規則")))
    item = items(rule(on="2026-04-30"), calendar=founding)[0]
    assert item.flags == ("閉庁日",)
    assert any("開庁記念日（根拠: 規則）" in step for step in item.explanation)


def test_flags_and_states_are_documented() -> None:
    """Each with the words of its own table."""
    text = DOCS.read_text(encoding="utf-8")
    for word, meaning in {**FLAGS, **STATES}.items():
        assert f"| {word} | {meaning} |" in text


def test_a_calendar_has_words_of_its_own() -> None:
    """開館日 and 休館日, in flags, in the reasons and beside the date."""
    item = items(rule(on="2026-12-28", calendar="library"))[0]
    assert (item.due, item.flags) == (day("2026-12-28"), ("休館日",))
    assert item.closed_day is not None
    assert (item.closed_day.name, item.closed_day.open_name) == ("休館日", "開館日")
    assert (item.closed_day.previous_open, item.closed_day.next_open) == (day("2026-12-27"), day("2027-01-05"))
    told = "".join(items(rule(on="2026-12-28", calendar="library", roll="next_open"))[0].explanation)
    assert "休館日なので、休館日の場合は翌開館日とする定めにより令和9年1月5日" in told
    assert "庁日" not in told + "".join(item.explanation)


def test_a_year_end_on_a_closed_day_of_another_calendar() -> None:
    """The flag that names two years has the calendar's word too."""
    item = items(rule(on="2029-03-31", calendar="library"), calendars=[SATURDAYS])[0]
    assert item.flags == ("休館日", "年度末をまたぐ休館日")
