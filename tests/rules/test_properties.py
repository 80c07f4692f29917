"""What holds for every contract, record and rule."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.intake.eras import ERAS, parse_date, wareki
from generator.model import Calendar, Contract, DueRule
from generator.rules.check import check
from generator.rules.deadlines import due_items
from generator.rules.fiscal import UNITS, fiscal_year, fiscal_year_of, spans
from generator.rules.holidays import holidays_of
from generator.rules.opendays import OpenDays
from generator.rules.points import EXAMPLES
from generator.rules.words import BadWords

from .builders import LIBRARY, RECORD_FIELDS, city_days, contract, day, deliverable, entry, rule

DAYS = st.dates(day("2019-05-01"), day("2050-12-31"))
STARTS = st.dates(day("2024-01-01"), day("2030-12-31"))
LENGTHS = st.integers(0, 5 * 366)


def a_contract(start: dt.date, length: int, *rules: DueRule, **keys: object) -> Contract:
    """A contract of so many days."""
    end = start + dt.timedelta(days=length)
    made = {"start": start.isoformat(), "end": end.isoformat(), "signed": start.isoformat(), **keys}
    return contract(deliverable("1", *rules), **made)  # type: ignore[arg-type]


@given(DAYS)
def test_open_days_are_neighbours(one: dt.date) -> None:
    """An inverse: before the next open day there is none but the day itself."""
    days = city_days()
    following, previous = days.next_open(one), days.previous_open(one)
    assert following is not None
    assert previous is not None
    assert previous < one < following
    assert days.previous_open(following) == (one if days.is_open(one) else previous)
    assert days.is_open(following)
    assert not any(days.is_open(previous + dt.timedelta(days=n)) for n in range(1, (one - previous).days))


@given(DAYS, st.integers(1, 40))
def test_counting_open_days_back_and_forth(one: dt.date, count: int) -> None:
    """An inverse on open days."""
    days = city_days()
    start = one if days.is_open(one) else days.next_open(one)
    assert start is not None
    there = days.counted(start, count)
    assert there is not None
    assert days.is_open(there)
    assert days.counted(there, -count) == start


@given(DAYS)
def test_a_monday_is_closed_or_another_day_is_closed_for_it(one: dt.date) -> None:
    """Never both: a Monday that is a holiday is open, as is what follows, until the first day that is no holiday."""
    days = OpenDays(Calendar(closed=LIBRARY.closed[:1]))
    instead = one - dt.timedelta(days=one.weekday())
    while instead in holidays_of(instead.year):
        assert days.is_open(instead)
        instead += dt.timedelta(days=1)
    assert not days.is_open(instead)
    assert days.is_open(instead + dt.timedelta(days=1)) or instead.weekday() == 6


@given(st.dates(ERAS[-1][2], day("2099-12-31")))
def test_eras_round_trip(one: dt.date) -> None:
    """Out and back, through full width too."""
    assert parse_date(wareki(one)) == one
    assert parse_date(wareki(one).translate(str.maketrans("0123456789", "０１２３４５６７８９"))) == one


@given(STARTS, LENGTHS, st.sampled_from(sorted(UNITS)))
def test_periods_cover_the_contract_without_gap_or_overlap(start: dt.date, length: int, unit: str) -> None:
    """Every day of the contract lies in exactly one period."""
    head = a_contract(start, length).head
    found = list(spans(unit, head.period))
    assert (found[0].start, found[-1].end) == (head.period.start, head.period.end)
    assert all(b.start - a.end == dt.timedelta(days=1) for a, b in pairwise(found))


@given(STARTS, LENGTHS)
def test_the_year_end_report_never_leaves_its_fiscal_year(start: dt.date, length: int) -> None:
    """The last month of a fiscal year is due on 31 March itself, every other month within ten days of its end."""
    report = rule(each="month", within="10 days of period.end", last={"of": "fiscal_year", "on": "period.end"})
    for item in due_items(a_contract(start, length, report), start):
        assert item.due is not None
        assert item.period is not None
        closes = (item.period.end.month, item.period.end.day) == (3, 31)
        assert (item.due - item.period.end).days == (0 if closes else 10)
        assert not closes or item.due == fiscal_year(fiscal_year_of(item.period.start)).end


@given(STARTS, LENGTHS, st.sampled_from(["03-31", "10-10", "04-07", "02-29", "fiscal_year.end"]))
def test_a_yearly_date_lies_in_its_own_fiscal_year(start: dt.date, length: int, on: str) -> None:
    """Never in the wrong fiscal year, and never before the contract."""
    for item in due_items(a_contract(start, length, rule(each="fiscal_year", on=on)), start):
        assert item.due is not None
        assert item.period is not None
        assert fiscal_year_of(item.due) == fiscal_year_of(item.period.start)
        assert item.due >= start


@given(
    STARTS,
    LENGTHS,
    st.sampled_from(["next_open", "previous_open"]),
    st.sampled_from(["15 of next month", "period.end"]),
)
def test_a_roll_lands_on_an_open_day(start: dt.date, length: int, roll: str, on: str) -> None:
    """And goes no farther than it must."""
    days = city_days()
    rolled = due_items(a_contract(start, length, rule(each="month", on=on, roll=roll)), start)
    plain = due_items(a_contract(start, length, rule(each="month", on=on)), start)
    nominal = {item.period: item.due for item in plain}
    for item in rolled:
        was = nominal[item.period]
        assert item.due is not None
        assert was is not None
        assert days.is_open(item.due)
        assert item.closed_day is None
        if days.is_open(was):
            assert item.due == was
        else:
            assert item.due == (days.next_open(was) if roll == "next_open" else days.previous_open(was))


@given(STARTS, LENGTHS, st.sampled_from(["next_open", "previous_open"]))
def test_a_roll_goes_by_the_calendar_of_the_rule(start: dt.date, length: int, roll: str) -> None:
    """Open there, whatever the town hall does; and nothing is open between the two dates."""
    days = OpenDays(LIBRARY)
    weekly = {"each": "week", "on": "monday of this week", "calendar": "library"}
    plain = {item.period: item.due for item in due_items(a_contract(start, length % 200, rule(**weekly)), start)}
    for item in due_items(a_contract(start, length % 200, rule(**weekly, roll=roll)), start):
        was = plain[item.period]
        assert item.due is not None
        assert was is not None
        assert days.is_open(item.due)
        assert not any(
            days.is_open(min(was, item.due) + dt.timedelta(days=n)) for n in range(1, abs((item.due - was).days))
        )
        assert item.due == was or not days.is_open(was)


@given(STARTS, st.integers(0, 800), st.integers(0, 800), st.integers(0, 800), st.sampled_from(sorted(UNITS)))
def test_the_time_of_a_rule_is_covered_without_gap(start: dt.date, length: int, one: int, two: int, unit: str) -> None:
    """The periods of a rule are those of the contract, cut to the rule's time and no further."""
    first, last = (start + dt.timedelta(days=min(n, length)) for n in sorted((one, two)))
    part = rule(each=unit, within="1 day of period.end", start=first.isoformat(), end=last.isoformat())
    whole = rule(each=unit, within="1 day of period.end")
    found = sorted((i for i in due_items(a_contract(start, length, part), start) if i.period), key=lambda i: i.due)  # type: ignore[arg-type,return-value]
    periods = [item.period for item in found if item.period]
    assert (periods[0].start, periods[-1].end) == (first, last)
    assert all(b.start - a.end == dt.timedelta(days=1) for a, b in pairwise(periods))
    assert {item.key for item in found} <= {item.key for item in due_items(a_contract(start, length, whole), start)}


@given(STARTS, st.integers(100, 1500), st.integers(1, 30), st.sampled_from(["month", "year"]))
def test_two_ways_back_from_a_period_s_end(start: dt.date, length: int, count: int, unit: str) -> None:
    """The other way is shown from the end of a month only, is later by three days at most, and ends a month itself."""
    made = a_contract(start, length, rule(within=f"{count} {unit} before contract.end"))
    (item,) = due_items(made, start)
    if not item.readings:
        return
    taken, other = item.readings
    assert (made.head.period.end + dt.timedelta(days=1)).day == 1
    assert taken.due == item.due
    assert taken.due is not None
    assert other.due is not None
    assert 1 <= (other.due - taken.due).days <= 3
    assert (other.due + dt.timedelta(days=1)).day == 1


@given(STARTS, LENGTHS)
def test_month_ends_do_not_drift(start: dt.date, length: int) -> None:
    """The end of each next month is a month's end, for any month."""
    for item in due_items(a_contract(start, length, rule(each="month", within="1 month of period.end")), start)[:-1]:
        assert item.due is not None
        assert (item.due + dt.timedelta(days=1)).day == 1


@given(st.lists(DAYS, max_size=6), STARTS)
def test_every_record_has_its_own_item(changed: list[dt.date], start: dt.date) -> None:
    """As many items as records, or one row that stands for none; a later record is never due earlier."""
    entries = [entry("changes", f"{n}", changed=one.isoformat()) for n, one in enumerate(changed)]
    event = rule(event="changes", within="2 weeks of event.changed")
    found = due_items(a_contract(start, 400, event, entries=entries), start)
    assert len(found) == max(1, len(changed))
    assert [item.due for item in found if item.due] == [one + dt.timedelta(days=14) for one in sorted(changed)]


@given(STARTS, LENGTHS, DAYS, DAYS)
def test_time_only_runs_forward(start: dt.date, length: int, first: dt.date, second: dt.date) -> None:
    """What is late stays late until something is handed over; dates do not depend on `as_of`."""
    made = a_contract(start, length, rule(each="month", on="15 of next month"))
    early, late = sorted((first, second))
    ranks = {"予定": 0, "期限間近": 1, "遅延": 2}
    for before, after in zip(due_items(made, early), due_items(made, late), strict=True):
        assert before.due == after.due
        assert ranks[before.state] <= ranks[after.state]


WORDS = st.one_of(
    st.text(max_size=30), st.sampled_from(EXAMPLES), st.from_regex(r"\d{1,3} of (next|this) month", fullmatch=True)
)


@settings(max_examples=60)
@given(WORDS, st.sampled_from(["each", "event", "once"]), STARTS)
def test_no_words_break_the_engine(words: str, shape: str, start: dt.date) -> None:
    """Whatever is written, the items and the problems come back; a rule without problems has no broken item."""
    keys = {"each": {"each": "month"}, "event": {"event": "changes"}, "once": {}}[shape]
    for bad in (rule(**keys, on=words), rule(**keys, within=f"3 days of {words}")):
        made = a_contract(start, 90, bad, entries=[entry("changes", "c", changed=start.isoformat())])
        problems = check(made, RECORD_FIELDS)
        broken = [item for item in due_items(made, start) if "規則の誤り" in item.flags]
        assert not broken or any(problem.severity == "error" for problem in problems)


ANY_DAY = st.dates()
SHAPES = (
    rule(each="month", on="15 of next month", last={"of": "fiscal_year", "on": "period.end"}),
    rule(
        each="fiscal_year", on=["02-29", "end of month 4 of next fiscal_year", "monday of next week"], roll="next_open"
    ),
    rule(event="changes", within="2 weeks of event.changed"),
    rule(event="changes", within="1 month before event.changed"),
    rule(event="changes", within="3 open days of event.changed"),
    rule(event="changes", within="24 hours of event.changed"),
    rule(event="changes", within="3 open days of event.changed", calendar="library", time="12:00"),
    rule(each="fiscal_year", within="1 month before period.end", start="2026-04-01", calendar="library"),
    rule(event="changes", on=["10 of month after next", "03-31", "friday of previous week", "fiscal_year.end"]),
)


@settings(max_examples=60)
@given(ANY_DAY, ANY_DAY, ANY_DAY, st.integers(0, 800))
def test_no_date_breaks_the_engine(one: dt.date, other: dt.date, changed: dt.date, length: int) -> None:
    """Days at the ends of the calendar make items too, or rows that say why they cannot."""
    start, as_of = min(one, dt.date.max - dt.timedelta(days=800)), changed
    end = start + dt.timedelta(days=length)
    keys = {"start": start.isoformat(), "end": end.isoformat(), "signed": other.isoformat()}
    periods = [{"start": one.isoformat(), "end": other.isoformat()}]
    written = rule(periods=periods, on=["15 of next month", "03-31"], last={"of": "fiscal_year", "on": "period.end"})
    made = contract(
        deliverable("1", *SHAPES, written), entries=[entry("changes", "c", changed=changed.isoformat())], **keys
    )
    assert due_items(made, as_of)
    check(made, RECORD_FIELDS)


def test_bad_words_are_a_value_error() -> None:
    """They carry what would be right."""
    bad = BadWords("DUE004", "読めません", "こう書きます")
    assert (str(bad), bad.hint) == ("読めません", "こう書きます")
