"""Each mark of each item is told exactly once, on whatever days somebody asks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rules.dueitem import DueItem
from generator.rules.reminding import LATE, MARKS, Reminder, Said, Told, passed, reminders, told_after

from .builders import day

DUE = day("2026-05-10")


def _item(name: str, due: dt.date | None = DUE) -> DueItem:
    return DueItem(contract="mihon", deliverable=name, title=f"文書{name}", due=due, key=f"mihon|{name}")


def _run(items: Sequence[DueItem], days: Iterable[dt.date], told: Told | None = None) -> tuple[list[Reminder], Told]:
    """What is told on these days, one run after the other, and what is known to have been told in the end."""
    found: list[Reminder] = []
    known: Told = told or {}
    for one in days:
        now = reminders(items, known, one)
        known = told_after(known, items, now)
        found += now
    return found, known


@pytest.mark.parametrize(
    ("as_of", "marks"),
    [
        ("2026-04-09", ()),
        ("2026-04-10", (30,)),
        ("2026-05-02", (30,)),
        ("2026-05-03", (30, 7)),
        ("2026-05-09", (30, 7, 1)),
        ("2026-05-10", (30, 7, 1)),
        ("2026-05-11", (30, 7, 1, LATE)),
    ],
)
def test_marks_that_have_passed(as_of: str, marks: tuple[int, ...]) -> None:
    """Thirty, seven and one day before; the due date itself is not late."""
    assert passed(DUE, day(as_of)) == marks


DATES = st.dates(day("2026-01-01"), day("2027-12-31"))


@given(st.lists(DATES, min_size=1, max_size=5), st.lists(DATES, max_size=12))
def test_each_mark_of_each_item_is_told_exactly_once(dues: list[dt.date], days: list[dt.date]) -> None:
    """Runs on any days, the last of them after everything: nothing is lost, nothing is said twice."""
    items = [_item(str(number), due) for number, due in enumerate(dues)]
    found, _ = _run(items, [*sorted(days), day("2028-01-01")])
    told = Counter((one.item.key, mark) for one in found for mark in one.marks)
    assert told == Counter((item.key, mark) for item in items for mark in MARKS)


@given(st.lists(DATES, min_size=1, max_size=5), st.lists(DATES, max_size=12))
def test_nothing_is_told_twice_on_days_in_any_order(dues: list[dt.date], days: list[dt.date]) -> None:
    """A run that looks back in time repeats nothing either."""
    items = [_item(str(number), due) for number, due in enumerate(dues)]
    found, _ = _run(items, days)
    assert max(Counter((one.item.key, mark) for one in found for mark in one.marks).values(), default=1) == 1


@given(DATES, DATES)
def test_nothing_is_told_before_its_mark(due: dt.date, one: dt.date) -> None:
    """What is told has been reached, and the nearest mark says how urgent it is."""
    for told in _run([_item("1", due)], [one])[0]:
        assert told.days == (due - one).days <= told.mark
        assert all(told.days <= mark for mark in told.marks)


def test_runs_that_were_left_out_are_made_up_for_in_one() -> None:
    """Two marks passed while nobody ran it: one line, under the nearer mark."""
    first, second = (day(text) for text in ("2026-04-11", "2026-05-09"))
    found, _ = _run([_item("1")], [first, second])
    assert [(one.marks, one.mark, one.days) for one in found] == [((30,), 30, 29), ((7, 1), 1, 1)]


def test_what_becomes_late_is_told_once() -> None:
    """The day after, and never again."""
    days = [DUE + dt.timedelta(days=number) for number in (1, 2, 30)]
    found, _ = _run([_item("1")], days)
    assert [(one.mark, one.days) for one in found] == [(LATE, -1)]


def test_what_is_handed_over_is_forgotten_and_begins_anew_when_it_comes_back() -> None:
    """差戻し is news, whatever was told before it was handed over."""
    before, known = _run([_item("1")], [day("2026-05-03")])
    assert (len(before), list(known)) == (1, ["mihon|1"])
    nothing, known = _run([], [day("2026-05-04")], known)
    assert (nothing, known) == ([], {})
    back, _ = _run([replace(_item("1"), state="差戻し")], [day("2026-05-05")], known)
    assert [one.mark for one in back] == [7]


def test_date_that_moved_is_told_anew_with_the_old_one() -> None:
    """No date moves silently, even where the new one is still far off when it moves."""
    _, known = _run([_item("1")], [day("2026-05-03")])
    moved = _item("1", day("2026-08-10"))
    silent, known = _run([moved], [day("2026-05-04")], known)
    assert (silent, known) == ([], {"mihon|1": Said(DUE, (30, 7))})
    found, known = _run([moved], [day("2026-07-12"), day("2026-07-13")], known)
    assert [(one.marks, one.before) for one in found] == [((30,), DUE)]
    assert known == {"mihon|1": Said(day("2026-08-10"), (30,))}


def test_what_has_no_date_is_not_told() -> None:
    """There is nothing to count from."""
    assert reminders([_item("1", None)], {}, DUE) == []
