"""How often a rule applies."""

from __future__ import annotations

import pytest

from generator.rules import shapes
from generator.rules.shapes import SHAPES

from .builders import day, dues, entry, items, rule

CHANGE = entry("changes", "c1", changed="2026-06-10")


def test_once() -> None:
    """One item, without a period."""
    found = items(rule(on="contract.end"))
    assert len(found) == 1
    assert (found[0].period, found[0].event) == (None, None)


def test_each_month_of_five_years() -> None:
    """Sixty months make sixty items, cut ones included."""
    assert len(items(rule(each="month", on="period.end"), end="2031-03-31")) == 60
    cut = items(rule(each="month", on="period.end"), start="2025-11-21", signed="2025-11-21", end="2026-01-15")
    assert [(i.period.start, i.period.end, i.due) for i in cut if i.period] == [
        (day("2025-11-21"), day("2025-11-30"), day("2025-11-30")),
        (day("2025-12-01"), day("2025-12-31"), day("2025-12-31")),
        (day("2026-01-01"), day("2026-01-15"), day("2026-01-15")),
    ]
    assert "対象の期間は令和7年11月のうち契約期間内の令和7年11月21日から令和7年11月30日までです。" in cut[0].explanation


@pytest.mark.parametrize(
    ("each", "months", "expected"),
    [
        pytest.param("month", [10, 4], ["2026-04-30", "2026-10-31"], id="4月と10月"),
        pytest.param("half_year", [9], ["2026-09-30"], id="上半期"),
        pytest.param("quarter", [9, 3], ["2026-09-30", "2027-03-31"], id="第2・第4四半期"),
    ],
)
def test_only_some_months(each: str, months: list[int], expected: list[str]) -> None:
    """Periods that end in one of the months."""
    assert dues(rule(each=each, months=months, on="period.end"), end="2027-03-31") == expected


def test_a_cut_quarter_still_ends_in_its_month() -> None:
    """The quarter of September counts although the contract ends in August."""
    assert dues(rule(each="quarter", months=[9], on="period.end"), end="2026-08-31") == ["2026-08-31"]


def test_written_periods_have_their_own_dates() -> None:
    """The period's own date goes before the rule's."""
    periods = [
        {"start": "2026-04-01", "end": "2026-12-31", "on": "2027-01-05"},
        {"start": "2027-01-01", "end": "2027-03-31"},
    ]
    found = items(rule(periods=periods, on="period.end"))
    assert [(i.due, i.period.start) for i in found if i.period] == [
        (day("2027-01-05"), day("2026-04-01")),
        (day("2027-03-31"), day("2027-01-01")),
    ]


def test_one_item_a_record_and_medium() -> None:
    """Two records and two media make four items."""
    two = [CHANGE, entry("changes", "c2", changed="2026-06-10")]
    found = items(rule(event="changes", within="2 weeks of event.changed", media=["data", "paper"]), entries=two)
    assert [(i.due, i.medium, str(i.event)) for i in found] == [
        (day("2026-06-24"), "data", "changes/c1"),
        (day("2026-06-24"), "data", "changes/c2"),
        (day("2026-06-24"), "paper", "changes/c1"),
        (day("2026-06-24"), "paper", "changes/c2"),
    ]


def test_without_a_record_one_row_stands_for_all() -> None:
    """It has no date, is 対象外, and says why."""
    found = items(rule(event="incidents", where={"category": "リソース"}, within="3 days of event.restored"))
    assert len(found) == 1
    assert (found[0].due, found[0].event, found[0].state) == (None, None, "対象外")
    assert "障害（リソース）の記録がないため、今は対象外です。" in found[0].explanation
    assert found[0].condition == "障害（リソース）の記録ごと"


def test_an_unfinished_record_waits() -> None:
    """An incident that is not restored has an undated item that says what it waits for."""
    open_ = entry("incidents", "i1", title="送信不可", contacted="2026-04-28 16:30")
    found = items(rule(event="incidents", within="2 weeks of event.restored"), entries=[open_])
    assert [(i.due, str(i.event), i.state, i.flags) for i in found] == [(None, "incidents/i1", "予定", ("記録待ち",))]
    assert "復旧日時の記録を待っています。記録されると期日を計算します。" in found[0].explanation
    assert "対象は障害の記録i1「送信不可」です。" in found[0].explanation


def test_if_any_keeps_the_year_without_a_record() -> None:
    """Neither lost nor claimed: 対象外 with its reason, normal in the year of the record."""
    found = items(rule(each="fiscal_year", if_any="changes", on="03-31"), entries=[CHANGE])
    assert [(i.due, i.state) for i in found] == [
        (day("2027-03-31"), "予定"),
        (day("2028-03-31"), "対象外"),
        (day("2029-03-31"), "対象外"),
    ]
    assert "令和9年度にシステム変更の記録がないため、今は対象外です。" in found[1].explanation
    assert found[0].condition == "期間内にシステム変更の記録がある場合のみ"


@pytest.mark.parametrize(
    ("changed", "states"),
    [
        pytest.param("2027-03-31", ["予定", "対象外"], id="年度の末日"),
        pytest.param("2027-04-01", ["対象外", "予定"], id="翌年度の初日"),
        pytest.param("2026-03-31", ["対象外", "対象外"], id="契約より前"),
    ],
)
def test_a_record_belongs_to_one_fiscal_year(changed: str, states: list[str]) -> None:
    """Both ends of a period belong to it."""
    change = entry("changes", "c", changed=changed)
    found = items(rule(each="fiscal_year", if_any="changes", on="03-31"), end="2028-03-31", entries=[change])
    assert [i.state for i in found] == states


def test_every_shape_is_a_key_of_a_rule() -> None:
    """The registry's names are the rule's keys."""
    assert all(hasattr(rule(), key) for key in SHAPES)
    assert shapes.only_if(rule(each="month")) is None


def test_a_rule_that_begins_later() -> None:
    """After a time of preparation: the periods from that day on, the first of them cut, and said so."""
    found = items(rule(each="month", on="period.end", start="2026-06-15"), end="2026-08-31")
    assert [(i.period.start, i.due) for i in found if i.period] == [
        (day("2026-06-15"), day("2026-06-30")),
        (day("2026-07-01"), day("2026-07-31")),
        (day("2026-08-01"), day("2026-08-31")),
    ]
    said = "対象の期間は令和8年6月のうち、この期限の定めが及ぶ令和8年6月15日から令和8年6月30日までです。"
    assert said in found[0].explanation
    assert "対象の期間は令和8年7月（令和8年7月1日から令和8年7月31日まで）です。" in found[1].explanation


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param(
            {"each": "month", "on": "5 of this month", "start": "2026-06-15"}, ["2026-07-05"], id="始まる前の日"
        ),
        pytest.param(
            {"each": "month", "on": "20 of previous month", "start": "2026-06-01"},
            ["2026-05-20", "2026-06-20"],
            id="最初の月の分は前月に",
        ),
        pytest.param(
            {"each": "month", "on": "period.end", "end": "2026-05-10"}, ["2026-04-30", "2026-05-10"], id="いつまで"
        ),
        pytest.param(
            {"each": "quarter", "on": "period.end", "start": "2026-05-01", "end": "2026-06-10"},
            ["2026-06-10"],
            id="両方",
        ),
        pytest.param(
            {"each": "contract", "within": "10 days of period.start", "start": "2026-06-01"},
            ["2026-06-10"],
            id="契約期間",
        ),
        pytest.param(
            {
                "each": "month",
                "on": "period.end",
                "start": "2026-06-01",
                "last": {"of": "contract", "on": "2026-07-15"},
            },
            ["2026-06-30", "2026-07-15"],
            id="契約の最終の期間",
        ),
    ],
)
def test_the_time_of_a_rule(keys: dict[str, object], expected: list[str]) -> None:
    """From a day on, until a day, or both; a date before its time is none."""
    assert dues(rule(**keys), end="2026-07-31") == expected


def test_the_key_of_a_period_does_not_know_where_its_rule_begins() -> None:
    """What was handed over stays where it is when a start is added."""
    with_start, without = (items(rule(each="month", on="period.end", **keys)) for keys in ({"start": "2026-06-01"}, {}))
    assert [item.key for item in with_start] == [item.key for item in without][2:]


def test_records_of_the_time_of_a_rule() -> None:
    """A rule that was replaced on a day is for the records before it, the new one for those from that day on, and for
    those that have no day yet."""
    records = [
        entry("changes", "c1", changed="2026-06-10"),
        entry("changes", "c2", changed="2026-07-01"),
        entry("changes", "c3"),
    ]
    old = rule(event="changes", within="2 weeks of event.changed", end="2026-06-30")
    new = rule(event="changes", within="1 week of event.changed", start="2026-07-01")
    found = [(str(item.event), item.due) for item in items(old, new, entries=records)]
    assert found == [("changes/c1", day("2026-06-24")), ("changes/c2", day("2026-07-08")), ("changes/c3", None)]
    alone = items(new, entries=records[:1])[0]
    assert alone.state == "対象外"
    assert "令和8年7月1日からのシステム変更の記録がないため、今は対象外です。" in alone.explanation


def test_an_undated_duty_without_a_record_is_out_of_scope_too() -> None:
    """直ちに and 翌開庁日まで of one accident stand alike while there is none."""
    found = items(
        rule(event="accidents", undated="直ちに"), rule(event="accidents", within="1 open day of event.occurred")
    )
    assert [item.state for item in found] == ["対象外", "対象外"]
