"""What the reports of a period say: their chapters, and the work done by task, by day and by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents.facts import fact
from generator.documents.ledger import recorded
from generator.documents.plan import Document
from generator.documents.tasks import UNSORTED
from generator.documents.wording import asked_labels
from generator.documents.works import DAILY, Work, works
from generator.model import Contract, Period

CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "inquiries": ("問合せ", "問い合わせ"),
    "batches": ("バッチ",),
    "issues": ("課題", "問題"),
    "incidents": ("障害",),
    "inspections": ("点検",),
    "works": ("作業", "処理内容"),
    "counts": ("件数",),
}
"""The chapters of a report, and the words of the required items (`contents`) that ask for them; the first one counts."""


@dataclass(frozen=True)
class Chapter:
    """A chapter of a report: what it tells, under the title the specification gives it."""

    key: str
    """One of `CHAPTERS`; empty where nothing recorded answers what is asked."""
    title: str


def chapters(document: Document, otherwise: Mapping[str, str]) -> list[Chapter]:
    """The chapters a deliverable asks for in its order, each once; those of `otherwise` where it says nothing."""
    asked = {_key(label) or label: label for label in reversed(asked_labels(document))}
    if not asked:
        return [Chapter(key, title) for key, title in otherwise.items()]
    return [Chapter(key if key in CHAPTERS else "", title) for key, title in reversed(asked.items())]


def asks_for(document: Document, key: str) -> bool:
    """Whether the required items of a document's deliverable ask for a chapter."""
    return any(_key(label) == key for label in asked_labels(document))


def _key(label: str) -> str:
    return next((key for key, words in CHAPTERS.items() if any(word in label for word in words)), "")


@dataclass(frozen=True)
class WorkLine:
    """Work of one sort: how often, how many were handled, how long it took."""

    title: str
    times: int
    count: int | None
    """None where it is not recorded."""
    minutes: int | None
    category: str = ""
    lines: tuple[WorkLine, ...] = ()
    """The same by what was done."""


def by_task(contract: Contract, done: Sequence[Work]) -> tuple[WorkLine, ...]:
    """Work by the task of the plan, in the order of the plan; then what the plan does not have, by its sort."""
    tasks = {task.id: task for task in contract.tasks}
    planned = _grouped((work.task, work) for work in done if work.task in tasks)
    other = _grouped((_sort(contract, work), work) for work in done if work.task not in tasks)
    lines = [
        _line(tasks[name].title, planned[name], tasks[name].category or UNSORTED) for name in tasks if name in planned
    ]
    return tuple(lines + [_line(title, other[title], BESIDES) for title in sorted(other)])


BESIDES = "随時の業務"
"""What the plan does not foresee: meetings, recoveries, changes."""

_SORTS = {"meetings": "会議・打合せ"}
"""Sorts of work by the kind of record that tells of it, where the kind's own title would not do."""


def _sort(contract: Contract, work: Work) -> str:
    """What work without a task is called: its sort, or the sort of record that tells of it."""
    return _SORTS.get(work.kind) or work.kind_title or fact(contract, "work", "category", work.category) or "その他"


def _line(title: str, done: Sequence[Work], category: str | None = None) -> WorkLine:
    contents = _grouped((work.content if work.kind == DAILY else work.title, work) for work in done)
    within = tuple(_plain_line(content, some) for content, some in contents.items())
    return _plain_line(title, done, category or "", within)


def _plain_line(title: str, done: Sequence[Work], category: str = "", within: tuple[WorkLine, ...] = ()) -> WorkLine:
    return WorkLine(title, len(done), known(w.count for w in done), known(w.minutes for w in done), category, within)


def known(numbers: Iterable[int | None]) -> int | None:
    """The sum of the numbers that are known; None where none is."""
    found = [number for number in numbers if number is not None]
    return sum(found) if found else None


def _grouped(pairs: Iterable[tuple[Any, Work]]) -> dict[Any, list[Work]]:
    groups: dict[Any, list[Work]] = {}
    for name, work in pairs:
        groups.setdefault(name, []).append(work)
    return groups


@dataclass(frozen=True)
class Day:
    """The work of a day."""

    day: dt.date
    works: tuple[Work, ...]
    count: int | None
    minutes: int | None


def by_day(done: Sequence[Work]) -> tuple[Day, ...]:
    """Work by day; a day without work is not there."""
    days = sorted(_grouped((work.day, work) for work in done).items())
    return tuple(Day(d, tuple(w), known(x.count for x in w), known(x.minutes for x in w)) for d, w in days)


@dataclass(frozen=True)
class PersonLine:
    """On how many days a person worked, and how long."""

    name: str
    days: int
    minutes: int | None


def by_person(contract: Contract, done: Sequence[Work]) -> tuple[PersonLine, ...]:
    """Work by person, in the order of staff.yml."""
    own = _grouped((name, work) for work in done for name in work.people)
    names = [*dict.fromkeys(person.name for person in contract.staff.people if person.name in own)]
    names += sorted(own.keys() - set(names))
    return tuple(PersonLine(n, len({w.day for w in own[n]}), known(w.minutes for w in own[n])) for n in names)


@dataclass(frozen=True)
class Inspected:
    """使用状況の定期点検: one inspection and its items."""

    day: dt.date
    title: str
    items: tuple[Mapping[str, Any], ...]
    findings: str
    action: str


def inspected(contract: Contract, period: Period) -> list[Inspected]:
    """The inspections of use and of logs in a period: those recorded as such, and those done as work.

    An analysis of logs that is handed over as a deliverable of its own was asked for, and is not a regular inspection.
    """
    return sorted((*_by_work(contract, period), *_by_record(contract, period)), key=lambda found: found.day)


def _by_work(contract: Contract, period: Period) -> Iterator[Inspected]:
    for work in works(contract, period):
        if work.inspection:
            yield Inspected(work.day, work.title, work.inspection, "", "")


def _by_record(contract: Contract, period: Period) -> Iterator[Inspected]:
    for entry in recorded(contract, "inspections", period):
        values = entry.values
        if values.get("kind") == "resource" or (values.get("kind") == "log" and not values.get("deliverable")):
            items = tuple(values.get("items") or ())
            texts = (str(values.get(field) or "") for field in ("findings", "action"))
            yield Inspected(values["inspected"], str(values.get("title", entry.id)), items, *texts)
