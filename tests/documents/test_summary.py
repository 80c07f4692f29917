"""期間の集計: every figure is counted once, so the months add up to the period."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.documents.summary import Summary, monthly, summary
from generator.model import Contract, Period, Task
from tests.documents.recorded import APRIL, AS_OF, START, YEAR, at, contract, entry, on, register

TASKS = (Task(id="t1", title="作業一", months=(4, 8)), Task(id="t2", title="作業二", each="month"))


def test_inquiries_by_source_channel_and_task() -> None:
    """Counted by each, with minutes and those that wait for an answer; what names nothing stands last."""
    rows = (
        {
            "id": "1",
            "received": at(4, 1),
            "source": "citizen",
            "channel": "phone",
            "minutes": 10,
            "answer": "案内した。",
        },
        {"id": "2", "received": at(4, 2), "source": "staff", "minutes": 20, "answered": at(4, 3), "task": "t2"},
        {"id": "3", "received": at(4, 3), "source": "staff"},
    )
    found = summary(contract(register("inquiries", *rows), tasks=TASKS), APRIL, AS_OF).inquiries
    assert [(t.title, t.count, t.minutes, t.open) for t in found.sources] == [("職員", 2, 20, 1), ("市民", 1, 10, 0)]
    assert [(t.title, t.count) for t in found.channels] == [("電話", 1), ("記載なし", 2)]
    assert [(t.title, t.count) for t in found.tasks] == [("作業二", 1), ("記載なし", 2)]
    assert (found.total.count, found.total.minutes, found.total.open) == (3, 30, 1)


def test_incidents_and_service_levels() -> None:
    """Incidents count on the day of contact, restorations on theirs; the levels are those that set hours."""
    there = contract(
        entry("incidents", "1", contacted=at(4, 28), started=at(4, 28, 10), restored=at(5, 1)),
        entry("incidents", "2", contacted=at(4, 29), started=at(4, 29, 17)),
        levels=[START],
    )
    april, may = monthly(there, Period(start=APRIL.start, end=on(5, 31)), AS_OF)
    assert [len(april.incidents.received), april.incidents.restored, april.incidents.open] == [2, 0, 1]
    assert [len(may.incidents.received), may.incidents.restored, may.incidents.open] == [0, 1, 0]
    (level,) = april.levels
    assert (level.met, level.missed, level.waiting, level.total) == (1, 1, 0, 2)
    assert april.incidents.kept == {"1": ("達成",), "2": ("未達",)}


def test_figures_are_as_they_stood_on_a_day() -> None:
    """What was answered or restored after the day of the report was open on it."""
    there = contract(
        register(
            "inquiries", {"id": "1", "received": at(4, 1), "source": "staff", "answered": at(5, 2), "answer": "はい。"}
        ),
        entry("incidents", contacted=at(4, 28), started=at(4, 28, 10), restored=at(5, 2)),
    )
    before, after = (summary(there, APRIL, on(5, day)) for day in (1, 2))
    assert [(found.inquiries.total.open, found.incidents.open) for found in (before, after)] == [(1, 1), (0, 0)]


def test_records_are_counted_by_kind() -> None:
    """Of a register its rows are counted, of other kinds the records."""
    rows = ({"date": on(4, 1), "person": "p1", "content": "一"}, {"date": on(5, 1), "person": "p1", "content": "二"})
    there = contract(register("daily", *rows), entry("trainings", title="教育", held=on(4, 2), attendees=["p1"]))
    assert summary(there, APRIL, AS_OF).records == {"daily": 1, "trainings": 1}


_days = st.integers(-40, 400).map(lambda n: YEAR.start + dt.timedelta(days=n))
_moments = st.tuples(_days, st.integers(0, 23)).map(lambda pair: dt.datetime.combine(pair[0], dt.time(pair[1])))
_tasks = st.sampled_from(["t1", "t2", None])
_minutes = st.none() | st.integers(0, 300)


@st.composite
def _contracts(draw: st.DrawFn) -> Contract:
    """Contracts with work, incidents, inquiries, runs and daily rows, also outside the period."""
    entries = []
    for number in range(draw(st.integers(0, 4))):
        start = draw(_moments)
        end = start + dt.timedelta(minutes=draw(st.integers(0, 600)))
        entries.append(entry("work", f"w{number}", title="作業", start=start, end=end, people=["p1"]))
    for number in range(draw(st.integers(0, 4))):
        contacted = draw(_moments)
        later = [contacted + dt.timedelta(hours=draw(st.integers(0, 900))) for _ in range(2)]
        times = dict(zip(("started", "restored"), sorted(later)[: draw(st.integers(0, 2))], strict=False))
        entries.append(entry("incidents", f"i{number}", title="障害", contacted=contacted, **times))
    asked = st.fixed_dictionaries(
        {"received": _moments, "source": st.sampled_from(["staff", "facility"]), "minutes": _minutes, "task": _tasks}
    )
    run = st.fixed_dictionaries(
        {"date": _days, "task": st.sampled_from(["t1", "t2"]), "result": st.sampled_from(["good", "bad", "redone"])}
    )
    row = st.fixed_dictionaries({"date": _days, "person": st.just("p1"), "minutes": _minutes, "task": _tasks})
    for kind, rows in (("inquiries", asked), ("batches", run), ("daily", row)):
        entries.append(register(kind, *draw(st.lists(rows, max_size=6))))
    return contract(*entries, tasks=TASKS, levels=[START])


def _figures(found: Summary) -> Counter[Any]:
    """Everything a summary counts, as one bag."""
    bag: Counter[Any] = Counter({("minutes",): found.minutes, ("works",): len(found.works)})
    bag.update({("records", kind): count for kind, count in found.records.items()})
    for sort, tallies in (("source", found.inquiries.sources), ("task", found.inquiries.tasks)):
        bag.update({(sort, t.name, "count"): t.count for t in tallies})
        bag.update({(sort, t.name, "minutes"): t.minutes for t in tallies})
        bag.update({(sort, t.name, "open"): t.open for t in tallies})
    incidents = found.incidents
    bag.update({"received": len(incidents.received), "restored": incidents.restored, "open": incidents.open})
    bag.update({(level.level, state): getattr(level, state) for level in found.levels for state in ("met", "missed")})
    bag.update({"waiting": sum(level.waiting for level in found.levels), "issues": len(found.issues)})
    for run in found.batches:
        bag.update({(run.task, name): getattr(run, name) or 0 for name in ("planned", "runs", "bad", "redone")})
        bag[run.task, "unrecorded"] += len(run.unrecorded)
    return bag


@settings(max_examples=60)
@given(there=_contracts(), first=st.integers(0, 8), length=st.integers(0, 3))
def test_months_add_up_to_the_period(there: Contract, first: int, length: int) -> None:
    """Whatever is counted of a period is the sum of what is counted of its months."""
    months = [Period(start=m.period.start, end=m.period.end) for m in monthly(there, YEAR, AS_OF)]
    period = Period(start=months[first].start, end=months[first + length].end)
    parts: Counter[Any] = Counter()
    for month in monthly(there, period, AS_OF):
        parts.update(_figures(month))
    assert +parts == +_figures(summary(there, period, AS_OF))


def test_counted_once_for_each_contract() -> None:
    """Records are read once, however many months are reported: time grows with the records, not with their square."""

    class Counting(tuple[Any, ...]):
        reads = 0

        def __iter__(self) -> Any:
            Counting.reads += 1
            return super().__iter__()

    there = contract(entry("work", title="作業", start=at(4, 1), end=at(4, 1, 10), people=["p1"]), tasks=TASKS)
    there = dataclasses.replace(there, entries=Counting(there.entries))
    summary(there, APRIL, AS_OF)
    once = Counting.reads
    monthly(there, YEAR, AS_OF)
    assert Counting.reads == once
