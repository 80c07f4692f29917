"""納品物件 and the rules of their deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """A way a deadline phrase could be read that was not taken, with the date it would give."""

    reading: str
    on: str | None = None
    within: str | None = None
    first_day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPeriod(Record):
    """The period that closes a fiscal year (or the contract) has a date of its own."""

    of: str
    on: str | None = None
    within: str | None = None
    roll: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplicitPeriod(Record):
    """A period written out, with its own date where the specification prints one."""

    start: dt.date
    end: dt.date
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule(Record):
    """One rule of a deadline cell. How often, then which day; see docs/deadlines.md."""

    each: str | None = None
    months: tuple[int, ...] = ()
    start: dt.date | None = None
    """The first day the rule tells of; None for the contract's first day."""
    end: dt.date | None = None
    """The last one; None for the contract's last day."""
    periods: tuple[ExplicitPeriod, ...] = ()
    event: str | None = None
    where: Mapping[str, str | Sequence[str]] | None = None
    if_any: str | None = None
    on: tuple[str, ...] = ()
    within: str | None = None
    undated: str | None = None
    target: str | None = None
    last: LastPeriod | None = None
    first_day: str | None = None
    calendar: str | None = None
    """Whose open days count: the id of one of the authority's calendars; None for its own."""
    time: str | None = None
    """`12:00`, where the duty ends at a time of the day."""
    roll: str | None = None
    scope: str | None = None
    media: tuple[str, ...] = ()
    condition: str | None = None
    provisional: bool = False
    reading: str | None = None
    others: tuple[Reading, ...] = ()
    phrase: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Record):
    """A deadline cell that several rows of the list share."""

    id: str
    phrase: str
    due: tuple[DueRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium(Record):
    """A medium of delivery: data or paper, copies and form."""

    medium: str
    copies: int | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable(Record):
    """納品物件, or a dated duty that stands outside the list (`listed: false`)."""

    no: str
    title: str
    listed: bool = True
    obligor: str = "vendor"
    cell: str | None = None
    phrase: str | None = None
    due: tuple[DueRule, ...] = ()
    condition: str | None = None
    media: tuple[Medium, ...] = ()
    contents: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    addressee: str | None = None
    text: str | None = None
    clauses: tuple[str, ...] = ()
    note: str | None = None
    stamp: bool | None = None
    form: str | None = None
    """様式番号 of the specification."""
    reply: bool = True
    """Whether its letters have the boxes that the authority fills in."""
    current: str | None = None
    """現在日: `period.end`, `period.start` or `due`, where the state of a day is asked for; None for that of its making."""
