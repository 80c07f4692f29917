"""What is still to be handed over, and how a range of days is written."""

from __future__ import annotations

import pytest

from generator.model import Deliverable, Submission
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem
from generator.rules.openitems import Asked, days_in, days_late, open_items

from .builders import contract, day, deliverable, iso, rule, submission

MONTHLY = deliverable("4", rule(each="month", within="10 days of period.end"))


def _items(*deliverables: Deliverable, made: tuple[Submission, ...] = ()) -> list[DueItem]:
    """The due items of a contract of these deliverables, on 15 June 2026."""
    return due_items(contract(*deliverables, submissions=made), day("2026-06-15"))


def _dues(asked: Asked, *made: Submission) -> list[str | None]:
    return iso([item.due for item in open_items(_items(MONTHLY, made=made), asked)])


@pytest.mark.parametrize(
    ("text", "days"),
    [("14d", 14), ("2w", 14), ("０d", 0), (" 10 日 ", 10), ("２週間", 14), ("1 W", 7)],
)
def test_days_of_a_span(text: str, days: int) -> None:
    """Days and weeks, in either script and width."""
    assert days_in(text) == days


@pytest.mark.parametrize("text", ["", "14", "d", "-1d", "1.5w", "14 open days", "1m", "99999d", "開庁日10日"])
def test_what_is_no_span(text: str) -> None:
    """Months and 開庁日 have no length that holds for every contract."""
    assert days_in(text) is None


def test_until_a_day_means_however_long_ago() -> None:
    """What is late is due by any later day."""
    assert _dues(Asked(until=day("2026-07-10"))) == ["2026-05-10", "2026-06-10", "2026-07-10"]
    assert _dues(Asked(until=day("2026-07-09"))) == ["2026-05-10", "2026-06-10"]


def test_what_was_handed_over_is_not_open_until_it_comes_back() -> None:
    """Handed over: no. Returned: again."""
    made = submission("4", "2026-05-08", due="2026-05-10")
    back = submission("4", "2026-06-08", due="2026-06-10", returned="2026-06-09")
    assert _dues(Asked(until=day("2026-06-10")), made, back) == ["2026-06-10"]


def test_deliverables_and_date_narrow_together() -> None:
    """Both have to hold."""
    assert _dues(Asked(until=day("2026-05-31"), deliverables=("4", "5"))) == ["2026-05-10"]
    assert _dues(Asked(deliverables=("5",))) == []


def test_duties_of_the_authority_and_what_has_no_ground_are_not_ours() -> None:
    """Only what the vendor owes."""
    theirs = deliverable("5", rule(on="2026-06-20"), obligor="authority")
    idle = deliverable("6", rule(each="month", within="1 week of period.end", if_any="changes"))
    assert open_items(_items(theirs, idle)) == []


def test_what_has_no_date_is_asked_for_without_one() -> None:
    """An undated duty lies in no range of days."""
    undated = deliverable("7", rule(undated="速やかに"))
    assert [item.due for item in open_items(_items(undated))] == [None]
    assert open_items(_items(undated), Asked(until=day("2099-12-31"))) == []


@pytest.mark.parametrize(
    ("as_of", "late"), [("2026-05-09", 0), ("2026-05-10", 0), ("2026-05-11", 1), ("2026-06-15", 36)]
)
def test_days_late(as_of: str, late: int) -> None:
    """The due date itself is not late (states.STATES)."""
    assert days_late(_items(MONTHLY)[0], day(as_of)) == late
