"""The pages 作業 and 台帳: what was worked month by month, and the registers that are kept.

Nothing is counted here: the figures are those of the reports (`documents/summary.py`, `documents/registers.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.documents.asof import last_day, seen
from generator.documents.plan import Document
from generator.documents.registers import STATES, register
from generator.documents.summary import Summary, summary
from generator.documents.works import Work
from generator.intake.schema import Schema, load_schemas
from generator.model import Contract, Period
from generator.outputs.shown import Shown, Site
from generator.outputs.site import groups
from generator.outputs.site.groups import Group
from generator.rules import events, fiscal

WORK, WORK_TITLE = "work.md", "作業"
REGISTERS, REGISTERS_TITLE = "registers.md", "台帳"


@dataclass(frozen=True)
class Month:
    """A month of work, with the reports whose period ends with it."""

    summary: Summary
    reports: tuple[Document, ...]

    @property
    def works(self) -> tuple[Work, ...]:
        """The work begun in it."""
        return self.summary.works


@dataclass(frozen=True)
class Year:
    """A fiscal year of work."""

    number: int
    name: str
    months: tuple[Month, ...]

    @property
    def works(self) -> list[Work]:
        """All work of the year."""
        return [work for month in self.months for work in month.works]


def years(shown: Shown, as_of: dt.date) -> list[Year]:
    """The fiscal years of a contract that have begun by a day, with the months that have; none without any work."""
    day = last_day(shown.contract, as_of)
    contract = seen(shown.contract, day)
    found: dict[int, list[Month]] = {}
    for span in fiscal.spans("month", contract.head.period):
        if span.start <= day:
            month = _month(shown, contract, Period(start=span.start, end=span.end), day, span.name)
            found.setdefault(fiscal.fiscal_year_of(span.start), []).append(month)
    told = [Year(number, fiscal.fiscal_year_name(number), tuple(months)) for number, months in found.items()]
    return told if any(year.works for year in told) else []


def _month(shown: Shown, contract: Contract, period: Period, day: dt.date, name: str) -> Month:
    own = (body.document for body in shown.bodies if body.document.kind.per in ("month", "period"))
    reports = tuple(d for d in own if d.kind.records and d.period and d.period.end == period.end)
    return Month(summary(contract, period, day, name), reports)


@dataclass(frozen=True)
class Kept:
    """A register: how many rows it has, and in which states they are."""

    kind: str
    schema: Schema
    rows: int
    counts: Sequence[tuple[str, int]]
    doubled: Sequence[str]
    last: dt.date | None
    """The day of its latest row."""


def registers(contract: Contract, as_of: dt.date) -> list[Kept]:
    """The registers of a contract that have rows, in the order of their kinds."""
    schemas = load_schemas().records
    there = [kind for kind in schemas if any(e.kind == kind and events.is_register(e) for e in contract.entries)]
    return [_kept(contract, kind, schemas[kind], as_of) for kind in there]


def _kept(contract: Contract, kind: str, schema: Schema, as_of: dt.date) -> Kept:
    rows = events.rows_of(contract, kind)
    last = max((row.day for row in rows if row.day), default=None)
    told = register(contract, kind, as_of) if kind in STATES else None
    return Kept(kind, schema, len(rows), told.counts if told else (), told.doubled if told else (), last)


def papers(found: Sequence[Group]) -> list[Group]:
    """The registers that are documents."""
    return [group for group in found if group.kind.shelf == "registers"]


def pages(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    """The Markdown by path below the contract's part; a page that would be empty is left out."""
    contract = shown.contract
    if told := years(shown, site.as_of):
        values = {"contract": contract, "years": told, "files": shown.files, "record_title": events.kind_title}
        yield WORK, site.page("work.md.j2", WORK_TITLE, **values)
    kept = registers(seen(contract, last_day(contract, site.as_of)), site.as_of)
    own = papers(groups.groups(shown, site.as_of))
    if kept or own:
        values = {"contract": contract, "registers": kept, "papers": own, "files": shown.files}
        yield REGISTERS, site.page("registers.md.j2", REGISTERS_TITLE, **values)
