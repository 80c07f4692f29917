"""The words of `on`."""

from __future__ import annotations

import pytest

from generator.rules import points
from generator.rules.points import EXAMPLES, FORMS
from generator.rules.words import IMPOSSIBLE_DAY, UNREADABLE_POINT, BadWords

from .builders import day, dues, entry, items, rule

INCIDENT = entry("incidents", "2026-001", contacted="2026-12-25 16:30", restored="2026-12-28 18:00")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param("2026-10-31", "2026-10-31", id="ISO"),
        pytest.param("令和8年10月31日", "2026-10-31", id="和暦"),
        pytest.param("Ｒ８．１０．３１", "2026-10-31", id="全角の和暦略記"),
        pytest.param("contract.start", "2026-04-01", id="始期"),
        pytest.param("contract.signed", "2026-04-01", id="締結日"),
        pytest.param("contract.end", "2027-03-31", id="終期"),
        pytest.param("fiscal_year.end", "2027-03-31", id="年度の末日"),
        pytest.param("end of 2026-10", "2026-10-31", id="年月の末日"),
        pytest.param("middle of 令和8年10月", "2026-10-20", id="和暦の年月の中旬"),
        pytest.param("end of next month", "2027-04-30", id="契約終了の翌月末"),
        pytest.param("10-10", "2026-10-10", id="契約期間の中の月日"),
        pytest.param("04-10 of next fiscal_year", "2027-04-10", id="翌年度の月日"),
        pytest.param("late of month 2", "2027-02-28", id="2月下旬"),
    ],
)
def test_a_day_named_once(on: str, expected: str) -> None:
    """A rule without a period names its day outright."""
    assert dues(rule(on=on), end="2027-03-31") == [expected]


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        pytest.param("15 of next month", "2026-05-15", "2027-04-15", id="翌月15日"),
        pytest.param("early of next month", "2026-05-10", "2027-04-10", id="翌月上旬は10日"),
        pytest.param("middle of next month", "2026-05-20", "2027-04-20", id="翌月中旬は20日"),
        pytest.param("late of next month", "2026-05-31", "2027-04-30", id="翌月下旬は末日"),
        pytest.param("end of this month", "2026-04-30", "2027-03-31", id="当月末"),
        pytest.param("10 of month after next", "2026-06-10", "2027-05-10", id="翌々月10日"),
        pytest.param("25 of previous month", "2026-03-25", "2027-02-25", id="前月25日"),
        pytest.param("period.end", "2026-04-30", "2027-03-31", id="末日"),
        pytest.param("period.start", "2026-04-01", "2027-03-01", id="初日"),
        pytest.param("friday of this week", "2026-05-01", "2027-04-02", id="末日の週の金曜日"),
        pytest.param("monday of next week", "2026-05-04", "2027-04-05", id="末日の翌週の月曜日"),
        pytest.param("31 of this month", "2026-04-30", "2027-03-31", id="その月にない日は末日"),
    ],
)
def test_a_day_each_month(on: str, first: str, last: str) -> None:
    """Months and weeks are counted from the period's last day."""
    found = dues(rule(each="month", on=on), end="2027-03-31")
    assert len(found) == 12
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize(
    ("each", "on", "expected"),
    [
        pytest.param("fiscal_year", "03-31", ["2026-03-31", "2027-03-31"], id="年度の中の3月31日"),
        pytest.param("fiscal_year", "10-10", ["2026-10-10"], id="契約より前の10月10日は生じない"),
        pytest.param("fiscal_year", "02-29", ["2026-02-28", "2027-02-28"], id="うるう日のない年は末日"),
        pytest.param("half_year", "middle of month 10", ["2026-10-20", "2026-10-20"], id="期間の後の最初の10月"),
        pytest.param("half_year", "04-20", ["2026-04-20", "2026-04-20", "2027-04-20"], id="期間の中か後"),
        pytest.param("fiscal_year", "end of month 4 of next fiscal_year", ["2026-04-30", "2027-04-30"], id="翌年度"),
        pytest.param("fiscal_year", "03-01 of previous fiscal_year", ["2025-03-01", "2026-03-01"], id="前年度"),
        pytest.param("fiscal_year", "fiscal_year.start", ["2025-04-01", "2026-04-01"], id="年度の初日"),
    ],
)
def test_a_month_and_day_falls_inside_the_period(each: str, on: str, expected: list[str]) -> None:
    """Inside the period where it can, after it where it cannot, and never before the contract."""
    assert dues(rule(each=each, on=on), start="2025-11-21", end="2027-03-31") == expected


def test_a_contract_cut_short_keeps_a_date_after_its_end() -> None:
    """A date after the contract's end is flagged, not dropped."""
    found = items(rule(each="fiscal_year", on="10-10"), end="2026-06-30")
    assert [(item.due.isoformat(), item.flags) for item in found if item.due] == [
        ("2026-10-10", ("閉庁日", "契約終了後"))
    ]


def test_a_written_period_takes_the_next_such_day() -> None:
    """A period of November and December, due on 5 January."""
    period = {"start": "2026-11-01", "end": "2026-12-31"}
    assert dues(rule(periods=[period], on="01-05")) == ["2027-01-05"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param("event.restored", "2026-12-28", id="記録の日"),
        pytest.param("end of next month", "2027-01-31", id="記録の翌月末 年をまたぐ"),
        pytest.param("15 of next month of event.contacted", "2027-01-15", id="起点を替える"),
        pytest.param("03-31", "2027-03-31", id="記録より後の最初の3月31日"),
        pytest.param("12-25", "2027-12-25", id="過ぎた月日は翌年"),
        pytest.param("friday of next week", "2027-01-08", id="翌週の金曜日"),
        pytest.param("fiscal_year.end", "2027-03-31", id="記録の年度の末日"),
    ],
)
def test_a_day_for_a_record(on: str, expected: str) -> None:
    """Months, weeks and years are counted from the record's day."""
    assert dues(rule(event="incidents", on=on), entries=[INCIDENT]) == [expected]


def test_a_missing_day_is_said() -> None:
    """The explanation says that the month's end stands in."""
    found = items(rule(each="fiscal_year", on="02-29"), end="2027-03-31")
    assert "令和9年2月に29日はないため、月の末日とします（民法143条2項ただし書に準じる）。" in found[0].explanation


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        pytest.param("2026-02-30", IMPOSSIBLE_DAY, "暦にある日", id="ない日付"),
        pytest.param("02-30", IMPOSSIBLE_DAY, "2月は29日まで", id="どの年にもない月日"),
        pytest.param("13-01", IMPOSSIBLE_DAY, "月は1から12まで", id="ない月"),
        pytest.param("32 of next month", IMPOSSIBLE_DAY, "日は31日まで", id="どの月にもない日"),
        pytest.param("0 of next month", IMPOSSIBLE_DAY, "日は31日まで", id="0日"),
        pytest.param("end of 2026-13", IMPOSSIBLE_DAY, "暦にある日", id="ない年月"),
        pytest.param("period.ends", UNREADABLE_POINT, "もしかして: period.end", id="起点の綴り"),
        pytest.param("midle of next month", UNREADABLE_POINT, "もしかして: middle of next month", id="語の綴り"),
        pytest.param("15 of the moon", UNREADABLE_POINT, "", id="知らない月"),
        pytest.param("月末", UNREADABLE_POINT, "", id="日本語の語"),
        pytest.param("end of next month of nowhere", UNREADABLE_POINT, "", id="知らない起点"),
    ],
)
def test_unknown_words_are_refused(text: str, code: str, hint: str) -> None:
    """With the right form in the hint."""
    with pytest.raises(BadWords) as caught:
        points.parse(text)
    assert caught.value.code == code
    assert hint in caught.value.hint
    assert caught.value.hint


def test_every_form_has_an_example() -> None:
    """The examples in hints and documentation are read, and show every form."""
    for example in EXAMPLES:
        points.parse(example)
    for pattern, _ in FORMS:
        assert any(pattern.match(example) for example in EXAMPLES), pattern.pattern


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param("2nd monday of this month", ["2026-04-13", "2026-05-11", "2026-06-08"], id="毎月第2月曜日"),
        pytest.param("5th friday of this month", ["2026-05-29"], id="第5金曜日がない月には生じない"),
        pytest.param("last friday of this month", ["2026-04-24", "2026-05-29", "2026-06-26"], id="最終金曜日"),
        pytest.param("1st open day of this month", ["2026-04-01", "2026-05-01", "2026-06-01"], id="毎月第1開庁日"),
        pytest.param("5th open day of next month", ["2026-05-12", "2026-06-05", "2026-07-07"], id="翌月5開庁日"),
        pytest.param("last open day of this month", ["2026-04-30", "2026-05-29", "2026-06-30"], id="最終開庁日"),
        pytest.param("3rd wednesday of previous month", ["2026-03-18", "2026-04-15", "2026-05-20"], id="前月"),
        pytest.param("1st monday of this month of period.start", ["2026-04-06", "2026-05-04", "2026-06-01"], id="起点"),
    ],
)
def test_the_nth_day_of_a_month(on: str, expected: list[str]) -> None:
    """Weekdays by the calendar, open days by the authority's."""
    assert dues(rule(each="month", on=on), end="2026-06-30") == expected


def test_the_nth_day_explains_itself() -> None:
    """It names the weekday; a month without the day breaks a rule that has no period."""
    found = items(rule(each="month", on="2nd monday of this month"), end="2026-04-30")[0]
    assert (
        "対象期間の末日は令和8年4月30日（木）で、その当月の第2月曜日は令和8年4月13日（月）です。" in found.explanation
    )
    incident = entry("incidents", "i", contacted="2026-04-01 09:00")
    broken = items(rule(event="incidents", on="5th monday of this month"), entries=[incident])[0]
    assert (broken.due, broken.flags) == (None, ("規則の誤り",))
    assert any("令和8年4月に第5月曜日はありません" in step for step in broken.explanation)


def test_open_days_counted_across_an_unannounced_equinox_are_provisional() -> None:
    """The 20th of March 2028 may move."""
    found = items(rule(on="15th open day of this month"), start="2027-04-01", end="2028-03-31")[0]
    assert (found.due, found.flags) == (day("2028-03-22"), ("暫定",))


@pytest.mark.parametrize(
    ("each", "on", "first"),
    [
        pytest.param("month", "5 of this month", "2025-12-05", id="当月5日"),
        pytest.param("month", "1st open day of this month", "2025-12-01", id="当月第1開庁日"),
        pytest.param("month", "25 of this month", "2025-11-25", id="始期より後の日"),
        pytest.param("week", "monday of this week", "2025-11-24", id="その週の月曜日"),
        pytest.param("fiscal_year", "03-31", "2026-03-31", id="年度の月日"),
    ],
)
def test_the_part_before_the_contract_makes_no_item(each: str, on: str, first: str) -> None:
    """Though the contract was signed earlier."""
    found = dues(rule(each=each, on=on), start="2025-11-21", end="2026-03-31", signed="2025-11-10")
    assert found[0] == first


def test_a_period_cut_at_its_end_is_not_said_to_hold_the_day() -> None:
    """31 March is the fiscal year's, not the period's that ends in September."""
    found = items(rule(each="fiscal_year", on="03-31"), end="2026-09-30")[0]
    assert "令和8年度の3月31日は令和9年3月31日（水）です。" in found.explanation


def test_the_weekday_is_named() -> None:
    """翌週の金曜日."""
    found = items(rule(event="incidents", on="friday of next week"), entries=[INCIDENT])[0]
    assert "復旧日時は令和8年12月28日（月）で、翌週の金曜日は令和9年1月8日（金）です。" in found.explanation
