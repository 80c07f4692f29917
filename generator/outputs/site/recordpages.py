"""Records as pages show them: what was recorded, the documents that carry it, the deadlines it answers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.facts import Fact, facts
from generator.documents.plan import Document, entries_of
from generator.documents.render import Body
from generator.intake.schema import Schema, load_schemas
from generator.model import Contract, Entry
from generator.outputs.site.deadlinepages import Link
from generator.rules import events
from generator.rules.dueitem import DueItem


@dataclass(frozen=True)
class ShownRecord:
    """A record with what hangs on it."""

    entry: Entry
    facts: Sequence[Fact]
    documents: Sequence[Document]
    items: Sequence[DueItem]

    @property
    def title(self) -> str:
        """`2026-001　メールの送信ができない`; the id alone where the title says nothing else."""
        title = str(self.entry.values.get("title") or "")
        return f"{self.entry.id}　{title}" if title and title != self.entry.id else self.entry.id


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

    @property
    def rows(self) -> int:
        """How many things are recorded: the rows of registers, else the records."""
        if self.schema.rows is None:
            return len(self.records)
        return sum(1 for record in self.records for _ in events.rows_in(record.entry))


def record_sets(contract: Contract, bodies: Sequence[Body], items: Sequence[DueItem]) -> list[RecordSet]:
    """The kinds of record of a contract that have records, in the order of their titles."""
    carried, answered = _carriers(bodies), _answered(items)
    found = []
    for kind, schema in load_schemas().records.items():
        own = sorted((e for e in contract.entries if e.kind == kind), key=_day_and_id)
        shown = [ShownRecord(e, facts(contract, e), carried[_name(e)], answered[_name(e)]) for e in own]
        found += [RecordSet(kind, schema, shown)] if shown else []
    return found


def _day_and_id(entry: Entry) -> tuple[dt.date, str]:
    return min(events.days_of(entry), default=dt.date.max), entry.id


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


def _answered(items: Sequence[DueItem]) -> Mapping[str, list[DueItem]]:
    found: dict[str, list[DueItem]] = defaultdict(list)
    for item in items:
        found[str(item.event or "")].append(item)
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
