"""Which documents exist: a kind, a contract that asks for it, and the period or record it is made for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.documents.asof import seen_with
from generator.documents.instances import PER, Asked, Instance
from generator.documents.kinds import Kind, by_title, titled
from generator.documents.ledger import once
from generator.history.effects import CHANGES
from generator.intake import references
from generator.model import Checklist, Contract, Deliverable, Entry, Period, Person
from generator.problems import Problem
from generator.rules import events
from generator.rules.dueitem import DueItem
from generator.rules.labels import ORAL

PROBLEM_CODES = {"DOC002": "文書の種類のない納品物件"}

DATA_FILES: Mapping[str, str] = {
    name: f"data/contracts/{{contract}}/{name}.yml"
    for name in ("contract", "clauses", "deliverables", "staff", "plan", "checklist", "submissions")
}


@dataclass(frozen=True)
class Document:
    """One document that exists."""

    contract: Contract
    kind: Kind
    deliverables: tuple[Deliverable, ...]
    """The deliverables it is made for; its number and title are those of the first."""
    instance: Instance

    @property
    def deliverable(self) -> Deliverable | None:
        """The deliverable whose number and title it bears."""
        return self.deliverables[0] if self.deliverables else None

    @property
    def key(self) -> str:
        """What tells it from its siblings: `2026`, `2026-04`, a record's id; empty for one per contract."""
        return self.instance.key

    @property
    def label(self) -> str:
        """The same for people: `令和8年度`."""
        return self.instance.label

    @property
    def period(self) -> Period | None:
        """The period it tells of."""
        return self.instance.period

    @property
    def ended(self) -> bool:
        """Whether the period it tells of is over."""
        return self.instance.ended

    @property
    def entry(self) -> Entry | None:
        """The record it is made from."""
        return self.instance.entry

    @property
    def person(self) -> Person | None:
        """The person it is made for."""
        return self.instance.person

    @property
    def id(self) -> str:
        """`annual-plan-2026`; unique in the contract."""
        return f"{self.kind.id}-{self.key}" if self.key else self.kind.id

    @property
    def title(self) -> str:
        """Its own title with the label."""
        return f"{self.own_title}（{self.label}）" if self.label else self.own_title

    @property
    def own_title(self) -> str:
        """What it is called without its label: letters and reports bear the title of the list."""
        return self.listed_title if self.kind.form == "letter" or self.kind.per == "period" else self.kind.title

    @property
    def listed_title(self) -> str:
        """The title exactly as the list of deliverables prints it; the kind's own where it serves none."""
        return self.deliverable.title if self.deliverable else self.kind.title

    @property
    def is_book(self) -> bool:
        """Whether it is a book: long, and made of the design and the manuals only."""
        return self.kind.form == "book"

    @property
    def number(self) -> str:
        """The document number of the running header."""
        listed = self.deliverable.no if self.deliverable and self.deliverable.listed else ""
        return "/".join(filter(None, (self.contract.id, listed, self.id)))

    @property
    def sources(self) -> tuple[str, ...]:
        """The data files it is made from, sorted."""
        return tuple(sorted(set(_sources(self))))

    @property
    def told_by(self) -> tuple[str, ...]:
        """Those of them whose changes are its revision history: of a report its records, of a book the design and manual."""
        if self.entry is not None:
            return (self.entry.source.path,)
        if self.is_book:
            return tuple(sorted(path for name in ("design", "manuals") for path in _files_of(self, name)))
        report = self.kind.records and self.kind.per in ("fiscal_year", "month", "period")
        records = {entry.source.path for entry in entries_of(self)} if report else set()
        return tuple(sorted(records)) or self.sources


def known_on(document: Document, day: dt.date) -> Document:
    """A document that tells nothing later than a day; the record it is made from keeps its own day."""
    contract, entry = seen_with(document.contract, day, document.entry)
    return replace(document, contract=contract, instance=replace(document.instance, entry=entry))


def told_in_a_book(document: Document) -> Document:
    """A book with nothing in its contract but what books tell of: not what was worked, checked and handed over."""
    contract = document.contract
    entries = tuple(entry for entry in contract.entries if entry.kind == CHANGES)
    told = replace(contract, entries=entries, tasks=(), checklist=Checklist(), submissions=(), approvals=())
    return replace(document, contract=told)


def plan(contract: Contract, kinds: Mapping[str, Kind], items: Sequence[DueItem], as_of: dt.date) -> list[Document]:
    """The documents of a contract, in the order of their deliverables and kinds.

    `items` are its due items: their periods are those of its reports. A report exists once its period has begun by
    `as_of`, or something is recorded in it.
    """
    documents = []
    for asked in _asked(contract, kinds, items, as_of):
        documents += [Document(contract, asked.kind, *made) for made in PER[asked.kind.per](asked)]
    return documents


def _asked(contract: Contract, kinds: Mapping[str, Kind], items: Sequence[DueItem], as_of: dt.date) -> Iterator[Asked]:
    served = {name: found for name, found in asked_for(contract, kinds).items() if _has_data(contract, kinds[name])}
    for name, deliverables in served.items():
        yield Asked(contract, kinds[name], tuple(deliverables), items, as_of)
    for kind in kinds.values():
        if kind.always and kind.id not in served:
            yield Asked(contract, kind, (), items, as_of)


def _has_data(contract: Contract, kind: Kind) -> bool:
    """Whether there is a system to describe, and the manual's chapters: a book is not made of nothing."""
    if kind.manual is not None and not any(chapter.manual == kind.manual for chapter in contract.manuals):
        return False
    return "design" not in kind.data or bool(contract.design)


def asked_for(contract: Contract, kinds: Mapping[str, Kind]) -> dict[str, list[Deliverable]]:
    """The kinds of document that a contract asks for by id, each with the deliverables it is asked for by."""
    served: dict[str, list[Deliverable]] = {}
    for deliverable in contract.deliverables:
        for kind in kinds_of(deliverable, kinds):
            served.setdefault(kind.id, []).append(deliverable)
    return served


def kinds_of(deliverable: Deliverable, kinds: Mapping[str, Kind]) -> list[Kind]:
    """The kinds of document made for a deliverable: those it names and those that serve its title; else that of its title."""
    named = [kinds[name] for name in deliverable.documents if name in kinds]
    found = named + by_title(kinds, deliverable.title) or titled(kinds, deliverable.title)
    return sorted({kind.id: kind for kind in found}.values(), key=lambda kind: kind.order)


def _sources(document: Document) -> Iterator[str]:
    contract = document.contract
    for name in document.kind.data:
        if name in DATA_FILES:
            path = DATA_FILES[name].format(contract=contract.id)
            yield from (path,) if path in contract.files else ()
        elif name == "records":
            yield from (entry.source.path for entry in entries_of(document))
        elif name in ("design", "manuals"):
            yield from _files_of(document, name)
        elif name == "terms":
            yield from (terms.source.path for terms in contract.terms)
        else:
            yield getattr(contract, name).source.path


def _files_of(document: Document, name: str) -> Iterator[str]:
    """The files of the design, or those of the manual, where the document is made of them."""
    contract = document.contract
    if name not in document.kind.data:
        return
    if name == "design":
        yield from (sheet.source.path for sheet in contract.design)
    else:
        yield from (c.source.path for c in contract.manuals if c.manual == document.kind.manual)


def _without_kind(deliverable: Deliverable, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    if deliverable.note or (all(medium.medium == ORAL for medium in deliverable.media) and deliverable.media):
        return
    recorded = {rule.event for rule in deliverable.due if rule.event}
    near = [kind.id for kind in kinds.values() if kind.record in recorded] or ["notice"]
    message = f"「{deliverable.title}」に応える文書の種類がありません"
    hint = f"documents: [{near[0]}] のように書くか、nohin で作らないものなら、そのわけを note に書いてください"
    yield Problem(deliverable.place("title"), "DOC002", message, hint, "warning")


def entries_of(document: Document) -> list[Entry]:
    """The records a document is made from: its own, or those of its kinds, of its period where it has one."""
    kinds = document.kind.records or ((document.kind.record,) if document.kind.record else ())
    period = _told_of(document)
    dated = _dated(document.contract)
    found = [e for kind in (kinds or dated) for e, days in dated.get(kind, ()) if _inside(e, days, period)]
    if document.entry:
        return [document.entry, *(e for e in found if document.kind.records and e is not document.entry)]
    return found


def _told_of(document: Document) -> Period | None:
    """The period a document tells of; None where it tells of all time."""
    if document.entry is not None:
        own = document.entry.values.get("period")
        return Period(start=own["start"], end=own["end"]) if own else None
    return document.period if document.kind.per in ("fiscal_year", "month", "period") else None


@once
def _dated(contract: Contract) -> dict[str, list[tuple[Entry, list[dt.date]]]]:
    """The records by kind and id, each with the days of its course."""
    found: dict[str, list[tuple[Entry, list[dt.date]]]] = {}
    for entry in sorted(contract.entries, key=lambda e: (e.kind, e.id)):
        found.setdefault(entry.kind, []).append((entry, events.span_of(entry)))
    return found


def _inside(entry: Entry, days: Sequence[dt.date], period: Period | None) -> bool:
    """Whether a record has to do with a period: from its first day to its last it touches it."""
    if period is None:
        return True
    if events.is_register(entry):
        return any(period.start <= day <= period.end for day in days)
    return bool(days) and days[0] <= period.end and period.start <= days[-1]


def check(contract: Contract, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """A kind of document that a deliverable names exists; what the vendor hands over has one, or a note says why not.

    Where no documents are made of a contract at all, only its dates are looked after, and nothing has to be said.
    """
    made = bool(asked_for(contract, kinds))
    for deliverable in contract.deliverables:
        if made and deliverable.obligor == "vendor" and not deliverable.documents and not kinds_of(deliverable, kinds):
            yield from _without_kind(deliverable, kinds)
        for index, name in enumerate(deliverable.documents):
            if name not in kinds:
                place = f"templates/documents/{name}.html.j2"
                yield references.unknown(deliverable.place("documents", index), "文書の種類", name, kinds, place)
