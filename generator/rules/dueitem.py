"""期限の一件: one dated or undated instance of a deliverable, as DESIGN section 7 lists it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field

from generator.model import NOWHERE, Period
from generator.problems import Source


@dataclass(frozen=True, slots=True)
class EventRef:
    """The record an item arises from."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, slots=True)
class DueReading:
    """A way to read the phrase, with the date it gives."""

    due: dt.date | None
    reading: str
    taken: bool


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """The open days around a date on which the rule's calendar is closed, and what such a day is called."""

    previous_open: dt.date | None
    next_open: dt.date | None
    name: str = "閉庁日"
    open_name: str = "開庁日"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One due item; a date is never moved silently, and every step that led to it is told."""

    contract: str
    deliverable: str
    title: str
    scope: str | None = None
    medium: str | None = None
    period: Period | None = None
    event: EventRef | None = None
    due: dt.date | None = None
    due_time: str | None = None
    phrase: str = ""
    explanation: tuple[str, ...] = ()
    readings: tuple[DueReading, ...] = ()
    flags: tuple[str, ...] = ()
    closed_day: ClosedDay | None = None
    condition: str | None = None
    state: str = "予定"
    submitted: dt.date | None = None
    obligor: str = "vendor"

    contract_title: str = ""
    """The contract's title, for readers who know no ids."""
    occasion: str | None = None
    """The period or the record in words: `令和8年4月`, `障害 2026-001`."""
    applies: bool = True
    """False where nothing is due because nothing happened: the state is 対象外."""
    listed: bool = True
    """Whether the deliverable stands in the specification's list."""
    rules: tuple[int, ...] = ()
    """Which rules gave the item: places in the cell's rules followed by the deliverable's own."""
    key: str = ""
    """What the item is, whatever its date: stable when a date moves."""
    source: Source = field(default=NOWHERE, compare=False)
    """Where its (first) rule was written."""

    @property
    def anchor(self) -> str:
        """A short id of what the item is, whatever its date: pages are linked by it."""
        return "d-" + hashlib.sha256(self.key.encode()).hexdigest()[:12]


def number_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers of a list before slugs, and 2 before 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", number)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def order(item: DueItem) -> tuple[object, ...]:
    """Due date (undated last), number, scope, medium, period, event."""
    return (
        item.due is None,
        item.due or dt.date.max,
        number_key(item.deliverable),
        item.scope or "",
        item.medium or "",
        item.period.start if item.period else dt.date.min,
        str(item.event or ""),
        item.due_time or "",
        item.contract,
        item.rules,
        item.key,
    )
