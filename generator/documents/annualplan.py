"""年間計画表: the tasks and deadlines of a fiscal year, a mark a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.documents.tasks import UNSORTED, days_done, lifetime, planned_in
from generator.model import Contract, Period, Task
from generator.rules import deadlines, fiscal
from generator.rules.dueitem import DueItem

PLANNED, DONE, DUE, SUBMITTED = "○", "●", "△", "▲"
DITTO = "〃"
DAYS_NAMED = 3
"""Days of a month that are named in its cell; of more, only their number is."""


@dataclass(frozen=True)
class PlanRow:
    """One line of the year: the marks of each month, with blanks where they may stand below one another."""

    title: str
    marks: tuple[str, ...]
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class AnnualPlan:
    """A fiscal year: its months, and rows in groups."""

    months: tuple[Period, ...]
    groups: tuple[tuple[str, tuple[PlanRow, ...]], ...]

    @property
    def assigned(self) -> bool:
        """Whether it says of any row who does it."""
        return any(row.who for _, rows in self.groups for row in rows)


def annual_plan(contract: Contract, year: Period, as_of: dt.date) -> AnnualPlan:
    """The tasks of plan.yml and the deadlines of the deliverables, month by month.

    ○ planned, ● done (only where plan.yml or a record gives the day), △ due, ▲ handed over (only where submissions.yml
    says so), as it stood on a day.
    """
    whole = fiscal.fiscal_year(fiscal.fiscal_year_of(year.start))
    months = tuple(span.whole for span in fiscal.spans("month", whole))
    groups: dict[str, list[PlanRow]] = {}
    for task in contract.tasks:
        groups.setdefault(task.category or UNSORTED, []).append(_task_row(task, contract, months, as_of))
    rows = tuple(_said_once(_deliverable_rows(contract, months, as_of)))
    return AnnualPlan(months, (*((name, tuple(found)) for name, found in groups.items()), ("納品物件", rows)))


def _said_once(rows: Iterable[PlanRow]) -> Iterator[PlanRow]:
    """A note that several rows share, as the specification prints it in one cell, is written once."""
    above = ""
    for row in rows:
        yield replace(row, note=DITTO) if row.note and row.note == above else row
        above = row.note


def _task_row(task: Task, contract: Contract, months: Sequence[Period], as_of: dt.date) -> PlanRow:
    roles = {role.id: role.title for role in contract.staff.roles}
    life = lifetime(task, contract)
    done = {day for day in days_done(contract, task) if day <= as_of}
    marks = tuple(_task_mark(task, month, life, done) for month in months)
    note = "。".join(filter(None, (task.count, task.note)))
    return PlanRow(task.title, marks, roles.get(task.role or "", ""), note)


def _task_mark(task: Task, month: Period, life: Period, done: Collection[dt.date]) -> str:
    days = sorted(day for day in done if month.start <= day <= month.end)
    fixed = [f"{PLANNED}{day.day}" for day in task.dates if month.start <= day <= month.end and day not in days]
    if days or fixed:
        named = [f"{DONE}{day.day}" for day in days] if len(days) <= DAYS_NAMED else [f"{DONE} {len(days)}回"]
        return " ".join(named + fixed)
    return PLANNED if planned_in(task, month, life) else ""


def _deliverable_rows(contract: Contract, months: Sequence[Period], as_of: dt.date) -> Iterator[PlanRow]:
    items = deadlines.due_items(contract, as_of)
    for deliverable in contract.deliverables:
        if deliverable.obligor != "vendor":
            continue
        own = [i for i in items if i.deliverable == deliverable.no and i.due and i.state != "対象外"]
        marks = tuple(_due_marks(own, month) for month in months)
        if deliverable.listed or any(marks):
            number = f"{deliverable.no}　" if deliverable.listed else ""
            yield PlanRow(f"{number}{deliverable.title}", marks, note=phrase(contract, deliverable.no))


def _due_marks(items: Sequence[DueItem], month: Period) -> str:
    """What was handed over stands on the day it was, late or early; what was not, on the day it is due."""
    days = ((item.submitted or item.due, SUBMITTED if item.submitted else DUE) for item in items)
    marks = {(day.day, mark) for day, mark in days if day and month.start <= day <= month.end}
    return " ".join(f"{mark}{day}" for day, mark in sorted(marks))


def phrase(contract: Contract, number: str) -> str:
    """The deadline of a deliverable as the specification prints it; empty where it prints none."""
    cells = {cell.id: cell.phrase for cell in contract.cells}
    for deliverable in contract.deliverables:
        if deliverable.no == number:
            return deliverable.phrase or cells.get(deliverable.cell or "", "")
    return ""
