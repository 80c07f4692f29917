"""Records as pages show them: what was recorded, the documents that carry it, the deadlines it answers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.documents import filters
from generator.documents.asof import seen
from generator.documents.facts import Fact, facts
from generator.documents.plan import Document, entries_of
from generator.documents.render import Body
from generator.intake.schema import Schema, load_schemas
from generator.model import Contract, Entry
from generator.outputs.site.deadlinepages import Link, ShownItem, shown
from generator.rules import events, fiscal
from generator.rules.dueitem import DueItem


@dataclass(frozen=True)
class ShownRecord:
    """A record with what hangs on it."""

    entry: Entry
    facts: Sequence[Fact]
    documents: Sequence[Document]
    items: Sequence[ShownItem]

    @property
    def title(self) -> str:
        """`2026-001　メールの送信ができない`; the id alone where the title says nothing else."""
        title = str(self.entry.values.get("title") or "")
        return f"{self.entry.id}　{title}" if title and title != self.entry.id else self.entry.id

    @property
    def year(self) -> str:
        """The fiscal year it belongs to; empty where it tells of no day."""
        return year_of(self.entry)

    def later(self, contract: Contract, as_of: dt.date) -> str:
        """What of it is of a later day than a page tells of: WHOLE, PART or nothing."""
        if min(events.days_of(self.entry), default=dt.date.min) > as_of:
            return WHOLE
        own = (self.entry.kind, self.entry.id)
        known = next((e for e in seen(contract, as_of).entries if (e.kind, e.id) == own), None)
        return PART if known is None or known.values != self.entry.values else ""


WHOLE, PART = "whole", "part"


@dataclass(frozen=True)
class RecordSet:
    """All records of a kind: one page."""

    kind: str
    schema: Schema
    records: Sequence[ShownRecord]

    @property
    def path(self) -> str:
        """The page's path below the contract's part, without its ending."""
        return f"records/{self.kind}"

    def rows(self, as_of: dt.date) -> int:
        """How many things are recorded of days up to a day: the rows of registers, else the records."""
        if self.schema.rows is None:
            return sum(min(events.days_of(record.entry), default=as_of) <= as_of for record in self.records)
        days = (row.day or as_of for record in self.records for row in events.rows_in(record.entry))
        return sum(day <= as_of for day in days)

    def last(self, as_of: dt.date) -> dt.date | None:
        """The latest day up to a day that it tells of."""
        days = (day for record in self.records for day in events.days_of(record.entry))
        return max((day for day in days if day <= as_of), default=None)

    @property
    def years(self) -> list[str]:
        """The fiscal years of the records, in order."""
        return list(dict.fromkeys(record.year for record in self.records if record.year))


def record_sets(contract: Contract, bodies: Sequence[Body], items: Sequence[DueItem]) -> list[RecordSet]:
    """The kinds of record of a contract that have records, in the order of their titles."""
    carried, answered = _carriers(bodies), _answered(items)
    found = []
    for kind, schema in load_schemas().records.items():
        own = sorted((e for e in contract.entries if e.kind == kind), key=_day_and_id)
        records = [ShownRecord(e, told(contract, e), carried[_name(e)], answered[_name(e)]) for e in own]
        found += [RecordSet(kind, schema, records)] if records else []
    return found


def _day_and_id(entry: Entry) -> tuple[dt.date, str]:
    return min(events.days_of(entry), default=dt.date.max), entry.id


def year_of(entry: Entry) -> str:
    """The fiscal year of the first day a record tells of: `令和8年度`; empty where it tells of none."""
    days = events.days_of(entry)
    return fiscal.fiscal_year_name(fiscal.fiscal_year_of(min(days))) if days else ""


def told(contract: Contract, entry: Entry) -> list[Fact]:
    """What is recorded, each day with its weekday."""
    return [_with_weekdays(fact, entry.values[fact.name]) for fact in facts(contract, entry)]


def _with_weekdays(fact: Fact, value: Any) -> Fact:
    words = {filters.wareki(day): filters.wareki_weekday(day) for day in _days(value)}
    rows = tuple(tuple(words.get(text, text) for text in row) for row in fact.rows)
    return replace(fact, text=words.get(fact.text, fact.text), rows=rows)


def _days(value: Any) -> Iterator[dt.date]:
    """The days, without a time, that a value of a record holds."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _days(one)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        yield value


def _name(entry: Entry) -> str:
    return f"{entry.kind}/{entry.id}"


def _carriers(bodies: Sequence[Body]) -> Mapping[str, list[Document]]:
    """The documents each record is in, its own first."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in (body.document for body in bodies):
        for entry in entries_of(document) if "records" in document.kind.data else ():
            place = 0 if document.entry is entry else len(found[_name(entry)])
            found[_name(entry)].insert(place, document)
    return found


def _answered(items: Sequence[DueItem]) -> Mapping[str, list[ShownItem]]:
    found: dict[str, list[ShownItem]] = defaultdict(list)
    for entry in shown(items):
        found[str(entry.item.event or "")].append(entry)
    return found


def links_of(bodies: Sequence[Body]) -> dict[str, tuple[Link, ...]]:
    """The documents that serve each due item, by the item's anchor."""
    found: dict[str, list[Link]] = defaultdict(list)
    for body in bodies:
        for item in body.items:
            found[item.anchor].append(Link(f"documents/{body.document.id}.html", body.document.title))
    return {name: tuple(links) for name, links in found.items()}


def chain(body: Body) -> Iterator[tuple[str, list[Entry]]]:
    """The records a document is made from, by kind with its title."""
    document, schemas = body.document, load_schemas().records
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries_of(document) if "records" in document.kind.data else ():
        by_kind[entry.kind].append(entry)
    return ((schemas[kind].title if kind in schemas else kind, entries) for kind, entries in by_kind.items())
