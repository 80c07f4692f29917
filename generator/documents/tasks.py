"""The tasks of the plan: in which months they are planned, and on which days a record says that they were done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.documents.ledger import once
from generator.model import Contract, Entry, Period, Task
from generator.rules import events

UNSORTED = "作業"
"""The category of a task that has none."""


def lifetime(task: Task, contract: Contract) -> Period:
    """From when to when a task is done: its own days, or those of the contract."""
    whole = contract.head.period
    return Period(start=task.start or whole.start, end=task.end or whole.end)


def planned_in(task: Task, month: Period, life: Period) -> bool:
    """Whether the plan has a task in a month."""
    return life.start <= month.end and month.start <= life.end and month.start.month in _planned_months(task)


def _planned_months(task: Task) -> tuple[int, ...]:
    every = {"week": range(1, 13), "month": range(1, 13), "quarter": (6, 9, 12, 3), "half_year": (9, 3)}
    return task.months or tuple(every.get(task.each or "", ()))


def days_done(contract: Contract, task: Task) -> set[dt.date]:
    """The days on which a task was done, by plan.yml and by the records that name it."""
    return {*task.done, *_recorded(contract).get(task.id, ())}


@once
def _recorded(contract: Contract) -> Mapping[str, frozenset[dt.date]]:
    tasks = {task.id: task for task in contract.tasks}
    days: dict[str, set[dt.date]] = {}
    for entry in contract.entries:
        for name, day in (*_of_record(entry), *_of_rows(entry)):
            task = tasks.get(name)
            if task and (entry.kind != "inquiries" or _expected(task, day, contract)):
                days.setdefault(name, set()).add(day)
    return {name: frozenset(found) for name, found in days.items()}


def _expected(task: Task, day: dt.date, contract: Contract) -> bool:
    """An inquiry names the task it is about: a question asked in July is not the work of January."""
    return planned_in(task, Period(start=day, end=day), lifetime(task, contract))


def _of_record(entry: Entry) -> Iterator[tuple[str, dt.date]]:
    """A procedure says how a task is done, not when; a power cut is announced before anybody does anything."""
    day, task = events.happened_on(entry), entry.values.get("task")
    told = entry.kind != "outages" or any(entry.values.get(field) for field in ("start", "content", "result"))
    if task and day and told and entry.kind != "procedures":
        yield str(task), day


def _of_rows(entry: Entry) -> Iterator[tuple[str, dt.date]]:
    """A run that failed did not do the task."""
    for row in events.rows_in(entry):
        if row.day and row.values.get("task") and row.values.get("result") != "bad":
            yield str(row.values["task"]), row.day
