"""The words of `within`, and how the first day counts."""

from __future__ import annotations

import pytest

from generator.model import Calendar
from generator.rules import within
from generator.rules.words import IMPOSSIBLE_DAY, UNREADABLE_LIMIT, BadWords

from .builders import dues, entry, items, rule
from .test_opendays import EVERY_DAY


@pytest.mark.parametrize(
    ("limit", "first_day", "signed", "expected"),
    [
        pytest.param("7 days of contract.signed", "at_midnight", "2026-04-01", "2026-04-07", id="民法140条ただし書"),
        pytest.param(
            "7 days of contract.signed", "at_midnight", "2026-03-25", "2026-04-01", id="民法140条本文 先に締結"
        ),
        pytest.param("7 days of contract.signed", None, "2026-04-01", "2026-04-08", id="民法140条本文 締結日は不算入"),
        pytest.param(
            "14 days of contract.signed", "counted", "2026-04-01", "2026-04-14", id="民法138条 契約日から起算"
        ),
        pytest.param("10 days of contract.start", None, "2026-04-01", "2026-04-10", id="民法140条ただし書 始期"),
        pytest.param(
            "10 days of contract.start", "not_counted", "2026-04-01", "2026-04-11", id="民法138条 翌日から起算"
        ),
        pytest.param("10 days of contract.end", None, "2026-04-01", "2029-04-10", id="契約終了後10日以内"),
        pytest.param("10 days after 2026-04-30", None, "2026-04-01", "2026-05-10", id="日付から"),
        pytest.param("10 days of 令和8年4月30日", None, "2026-04-01", "2026-05-10", id="和暦から"),
        pytest.param("１０　days of contract.end", None, "2026-04-01", "2029-04-10", id="全角"),
        pytest.param("1 year of contract.end", None, "2026-04-01", "2030-03-31", id="民法143条1項 契約終了から1年"),
        pytest.param("30 days before contract.end", None, "2026-04-01", "2029-03-01", id="30日前まで"),
        pytest.param("2 months before contract.end", None, "2026-04-01", "2029-01-31", id="2か月前まで"),
        pytest.param("10 days before contract.start", "counted", "2026-03-01", "2026-03-23", id="当日を含めて10日前"),
        pytest.param("5 open days of contract.signed", None, "2026-04-28", "2026-05-11", id="5開庁日 連休"),
        pytest.param("5 open days of contract.signed", "counted", "2026-04-28", "2026-05-08", id="5開庁日 初日算入"),
        pytest.param(
            "1 open day of contract.signed", "counted", "2026-04-29", "2026-04-30", id="閉庁日の初日は数えない"
        ),
        pytest.param("3 open days before contract.end", None, "2026-04-01", "2029-03-28", id="3開庁日前"),
    ],
)
def test_once(limit: str, first_day: str | None, signed: str, expected: str) -> None:
    """The law's default, the rule's own word, and the calendar."""
    assert dues(rule(within=limit, first_day=first_day), signed=signed) == [expected]


@pytest.mark.parametrize(
    ("each", "limit", "first", "last"),
    [
        pytest.param("month", "10 days of period.end", "2026-05-10", "2027-04-10", id="毎月末から10日以内"),
        pytest.param(
            "quarter", "10 days of next_period.start", "2026-07-10", "2027-04-10", id="翌四半期開始後10日以内"
        ),
        pytest.param("fiscal_year", "2 months of period.end", "2027-05-31", "2027-05-31", id="年度終了後2か月以内"),
        pytest.param("month", "5 days of period.start", "2026-04-05", "2027-03-05", id="毎月初めから5日以内"),
        pytest.param("month", "1 month of period.end", "2026-05-31", "2027-04-30", id="民法143条1項 月末から1か月"),
    ],
)
def test_each_period(each: str, limit: str, first: str, last: str) -> None:
    """Counted from the period's own days."""
    found = dues(rule(each=each, within=limit), end="2027-03-31")
    assert (found[0], found[-1]) == (first, last)


def test_a_start_shows_the_reading_that_does_not_count_it() -> None:
    """民法140条ただし書 is taken; the other reading stands beside it."""
    item = items(rule(within="10 days of contract.start"))[0]
    assert [(r.due.isoformat(), r.taken) for r in item.readings if r.due] == [
        ("2026-04-10", True),
        ("2026-04-11", False),
    ]
    assert not items(rule(within="10 days of contract.start", first_day="counted"))[0].readings


@pytest.mark.parametrize(
    ("limit", "occurred", "expected"),
    [
        pytest.param(
            "24 hours of event.occurred", "2026-12-31 09:30", ("2027-01-01", "09:30"), id="民法139条 年をまたぐ"
        ),
        pytest.param(
            "72 hours of event.occurred", "2028-02-28 23:00", ("2028-03-02", "23:00"), id="民法139条 うるう日"
        ),
        pytest.param("2 hours before event.occurred", "2026-06-01 01:00", ("2026-05-31", "23:00"), id="2時間前まで"),
        pytest.param(
            "24 hours of event.occurred", "2026-06-01", ("2026-06-02", "00:00"), id="時刻なしは早い方に寄せる"
        ),
    ],
)
def test_hours(limit: str, occurred: str, expected: tuple[str, str]) -> None:
    """Hours run from the moment and give a time of day."""
    found = items(rule(event="accidents", within=limit), entries=[entry("accidents", "a", occurred=occurred)])
    assert [(item.due.isoformat(), item.due_time) for item in found if item.due] == [expected]


@pytest.mark.parametrize(
    ("restored", "expected"),
    [
        pytest.param("2026-04-28 18:00", "2026-05-12", id="民法143条 二週間以内はD+14"),
        pytest.param("2027-03-25 10:00", "2027-04-08", id="年度末をまたぐ"),
        pytest.param("2028-02-15 10:00", "2028-02-29", id="うるう日に満了"),
        pytest.param("2026-12-24 10:00", "2027-01-07", id="年末年始をまたぐ"),
        pytest.param("2029-03-25 10:00", "2029-04-08", id="契約終了後に満了"),
    ],
)
def test_two_weeks_after_an_event(restored: str, expected: str) -> None:
    """The date is never moved: not by a holiday, nor by the end of a year or of the contract."""
    incident = entry("incidents", "i", contacted="2026-04-01 09:00", restored=restored)
    assert dues(rule(event="incidents", within="2 weeks of event.restored"), entries=[incident]) == [expected]


def test_open_days_need_an_open_day() -> None:
    """A calendar that never opens makes a visible item, not an endless search."""
    found = items(rule(within="3 open days of contract.signed"), calendar=EVERY_DAY)
    assert found[0].due is None
    assert found[0].flags == ("規則の誤り",)


def test_open_days_across_an_unannounced_equinox_are_provisional() -> None:
    """The count would change if the equinox were another day."""
    limit = rule(within="3 open days of 2028-03-17")
    assert (dues(limit), items(limit)[0].flags) == (["2028-03-23"], ("暫定",))
    assert items(limit, calendar=Calendar())[0].flags == ()


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        pytest.param("10 days", UNREADABLE_LIMIT, "10 days of period.end", id="起点なし"),
        pytest.param("ten days of period.end", UNREADABLE_LIMIT, "10 days of period.end", id="数なし"),
        pytest.param("10 fortnights of period.end", UNREADABLE_LIMIT, "10 days of period.end", id="知らない単位"),
        pytest.param("0 days of period.end", UNREADABLE_LIMIT, "10 days of period.end", id="0日"),
        pytest.param("99999 years of period.end", UNREADABLE_LIMIT, "10 days of period.end", id="多すぎる"),
        pytest.param("10 days of period.finish", UNREADABLE_LIMIT, "period.", id="知らない起点"),
        pytest.param("10 days of contract.sigend", UNREADABLE_LIMIT, "もしかして: contract.signed", id="起点の綴り"),
        pytest.param("10 days of 2026-02-30", IMPOSSIBLE_DAY, "暦にある日", id="ない日付"),
    ],
)
def test_unknown_words_are_refused(text: str, code: str, hint: str) -> None:
    """With the right form in the hint."""
    with pytest.raises(BadWords) as caught:
        within.parse(text)
    assert caught.value.code == code
    assert hint in caught.value.hint


def test_each_step_says_its_ground() -> None:
    """The explanation names the anchor, the first day and the article."""
    item = items(rule(each="month", within="10 days of period.end"), end="2026-05-31")[1]
    assert list(item.explanation[2:]) == [
        "起算の基準は対象期間の末日、令和8年5月31日（日）です。",
        "初日の令和8年5月31日（日）は算入しません（民法140条本文）。",
        "令和8年6月1日（月）を1日目として10日目は令和8年6月10日（水）です（民法141条）。",
        "契約の終期令和8年5月31日（日）より後の期日です。",
    ]
