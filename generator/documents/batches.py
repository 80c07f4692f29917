"""各バッチの運用状況: the runs of each batch held against the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from generator.documents.ledger import once, register
from generator.documents.tasks import lifetime, planned_in
from generator.model import Contract, Period, Task
from generator.rules import events, fiscal
from generator.rules.events import Row
from generator.rules.fiscal import Span

BATCHES = "batches"
GOOD, BAD, REDONE = "good", "bad", "redone"


@dataclass(frozen=True)
class BatchRun:
    """One task of the plan that is run as a batch, over a period."""

    task: str
    category: str
    title: str
    cycle: str
    """How often, as the plan says it."""
    planned: int | None
    """How many times by the plan; None where the plan gives no months or days to count."""
    runs: int
    bad: int
    redone: int
    sheets: int | None
    """None where no run says how many."""
    unrecorded: tuple[str, ...]
    """The months of the plan that are over and have no run."""
    rows: tuple[Row, ...]


def batch_runs(contract: Contract, period: Period, as_of: dt.date) -> tuple[BatchRun, ...]:
    """Every batch that is planned or was run in a period, in the order of the plan."""
    rows: dict[str, list[Row]] = {}
    for row in register(contract, BATCHES, period):
        rows.setdefault(str(row.values.get("task", "")), []).append(row)
    months = tuple(fiscal.spans("month", period))
    made = (_run(contract, task, rows.get(task.id, ()), months, as_of) for task in batch_tasks(contract))
    return tuple(run for run in made if run.runs or run.planned or run.planned is None)


@once
def batch_tasks(contract: Contract) -> tuple[Task, ...]:
    """The tasks that are run as batches: those the register names, and with them their category, so that a batch which
    nobody ran is not left out; unless the category has tasks that are recorded in other ways."""
    named = set(_named(contract, lambda kind: kind == BATCHES))
    otherwise = set(_named(contract, lambda kind: kind not in (BATCHES, *_ABOUT))) - named
    category = {task.id: task.category for task in contract.tasks}
    whole = {category.get(name) for name in named} - {category.get(name) for name in otherwise} - {None}
    return tuple(task for task in contract.tasks if task.id in named or _belongs(task, whole))


_ABOUT = ("inquiries", "procedures")
"""Records that name a task they are about, which they do not do."""


def _belongs(task: Task, categories: Collection[str | None]) -> bool:
    return task.category in categories and bool(task.months or task.dates or task.each)


def _named(contract: Contract, wanted: Callable[[str], bool]) -> Iterator[str]:
    for entry in contract.entries:
        if wanted(entry.kind):
            for values in (entry.values, *(row.values for row in events.rows_in(entry))):
                if values.get("task"):
                    yield str(values["task"])


def _run(contract: Contract, task: Task, rows: Sequence[Row], months: Sequence[Span], as_of: dt.date) -> BatchRun:
    results = [row.values.get("result") for row in rows]
    sheets = [row.values["sheets"] for row in rows if row.values.get("sheets") is not None]
    expected = [month for month in months if _expected(contract, task, month)]
    run_in = {(row.day.year, row.day.month) for row in rows if row.day}
    missing = [m for m in expected if m.end <= as_of and (m.start.year, m.start.month) not in run_in]
    return BatchRun(
        task=task.id,
        category=task.category or "",
        title=task.title,
        cycle=task.count or "",
        planned=_planned(task, expected, months),
        runs=len(rows),
        bad=results.count(BAD),
        redone=results.count(REDONE),
        sheets=sum(sheets) if sheets else None,
        unrecorded=tuple(month.name for month in missing),
        rows=tuple(rows),
    )


def _expected(contract: Contract, task: Task, month: Span) -> bool:
    if task.dates:
        return any(month.start <= day <= month.end for day in task.dates)
    return planned_in(task, Period(start=month.start, end=month.end), lifetime(task, contract))


def _planned(task: Task, expected: Sequence[Span], months: Sequence[Span]) -> int | None:
    """A week holds as many runs as the specification says in words, so weeks are not counted."""
    if task.dates:
        return sum(month.start <= day <= month.end for month in months for day in task.dates)
    return None if task.each == "week" or not (task.months or task.each) else len(expected)
