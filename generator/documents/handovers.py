"""業務の引継ぎ: what is still open on the day, and the year of the work, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.documents.custody import custody_ledger
from generator.documents.facts import fact
from generator.documents.issues import open_issues
from generator.documents.summary import is_answered
from generator.documents.tasks import lifetime, planned_in
from generator.model import Contract, Period, Task
from generator.rules import events, fiscal


@dataclass(frozen=True)
class Matter:
    """Something that is not over on the day of the handover."""

    sort: str
    title: str
    since: dt.date | None
    state: str
    due: dt.date | None = None


def open_matters(contract: Contract, day: dt.date) -> list[Matter]:
    """What the records show as open on a day: problems, inquiries, things lent and information held."""
    return [*_issues(contract, day), *_inquiries(contract, day), *_loans(contract, day), *_custody(contract, day)]


def _issues(contract: Contract, day: dt.date) -> Iterator[Matter]:
    for issue in open_issues(contract, day, day):
        waiting = [m.due for m in issue.measures if m.due and not (m.done and m.done <= day)]
        due = issue.due or min(waiting, default=None)
        yield Matter(issue.kind_title, issue.title, issue.day, issue.state(day), due)


def _inquiries(contract: Contract, day: dt.date) -> Iterator[Matter]:
    for row in events.rows_of(contract, "inquiries"):
        if row.day and row.day <= day and not is_answered(row, day):
            state = f"未回答（{row.values['forwarded']}へ取次ぎ）" if row.values.get("forwarded") else "未回答"
            yield Matter("問い合わせ", str(row.values["subject"]), row.day, state)


def _loans(contract: Contract, day: dt.date) -> Iterator[Matter]:
    for row in events.rows_of(contract, "loans"):
        back = row.values.get("returned")
        if row.day and row.day <= day and not (back and back <= day):
            title = "　".join(filter(None, (str(row.values["item"]), row.values.get("quantity"))))
            yield Matter(
                "貸出し・貸与", title, row.day, f"未返却（借用者　{row.values['borrower']}）", row.values.get("until")
            )


def _custody(contract: Contract, day: dt.date) -> Iterator[Matter]:
    for holding in custody_ledger(contract, day).holdings:
        if holding.held:
            values = holding.entry.values
            title = "　".join(str(values[name]) for name in ("information", "medium", "quantity") if values.get(name))
            word = fact(contract, "custody", "movement", values["movement"])
            yield Matter(
                f"情報（{word}）", title, events.happened_on(holding.entry), holding.state, values.get("until")
            )


@dataclass(frozen=True)
class Planned:
    """What is done at some time of the year."""

    when: str
    """`毎月`, `4月`, `随時`."""
    tasks: tuple[Task, ...]


def year_of_work(contract: Contract, day: dt.date) -> list[Planned]:
    """The tasks of the fiscal year of a day: those of every month once, then month by month, then those without one."""
    inside = min(max(day, contract.head.period.start), contract.head.period.end)
    whole = fiscal.fiscal_year(fiscal.fiscal_year_of(inside))
    months = [span.whole for span in fiscal.spans("month", whole)]
    steady = [task for task in contract.tasks if task.each in _STEADY and not task.months]
    others = [task for task in contract.tasks if task not in steady]
    found = [Planned(title, tuple(t for t in steady if t.each == each)) for each, title in _STEADY.items()]
    found += [
        Planned(f"{month.start.month}月", tuple(t for t in others if _in(t, month, contract))) for month in months
    ]
    timed = {task.id for planned in found for task in planned.tasks}
    found.append(Planned("随時", tuple(t for t in others if t.id not in timed and _alive(t, whole, contract))))
    return [planned for planned in found if planned.tasks]


_STEADY = {"week": "毎週", "month": "毎月"}


def _in(task: Task, month: Period, contract: Contract) -> bool:
    fixed = any(month.start <= day <= month.end for day in task.dates)
    return fixed or planned_in(task, month, lifetime(task, contract))


def _alive(task: Task, year: Period, contract: Contract) -> bool:
    """Whether a task that has no month of its own is done in a year."""
    life = lifetime(task, contract)
    return life.start <= year.end and year.start <= life.end and not (task.dates or task.months or task.each)
