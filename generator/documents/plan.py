"""Which documents exist: a kind, a contract that asks for it, and the period or record it is made for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.documents.kinds import Kind, by_title
from generator.intake import references
from generator.model import Contract, Deliverable, Entry, Period, Person
from generator.problems import Problem
from generator.rules import fiscal

DATA_FILES: Mapping[str, str] = {
    name: f"data/contracts/{{contract}}/{name}.yml"
    for name in ("contract", "clauses", "deliverables", "staff", "plan", "checklist", "submissions")
}


@dataclass(frozen=True)
class Document:
    """One document that exists."""

    contract: Contract
    kind: Kind
    deliverable: Deliverable | None
    key: str
    """What tells it from its siblings: `2026`, `2026-04`, a record's id; empty for one per contract."""
    label: str
    """The same for people: `令和8年度`."""
    period: Period | None = None
    entry: Entry | None = None
    person: Person | None = None

    @property
    def id(self) -> str:
        """`annual-plan-2026`; unique in the contract."""
        return f"{self.kind.id}-{self.key}" if self.key else self.kind.id

    @property
    def title(self) -> str:
        """The kind's title with the label."""
        return f"{self.kind.title}（{self.label}）" if self.label else self.kind.title

    @property
    def listed_title(self) -> str:
        """The title exactly as the list of deliverables prints it; the kind's own where it serves none."""
        return self.deliverable.title if self.deliverable else self.kind.title

    @property
    def number(self) -> str:
        """The document number of the running header."""
        return "/".join(filter(None, (self.contract.id, self.deliverable.no if self.deliverable else "", self.id)))

    @property
    def sources(self) -> tuple[str, ...]:
        """The data files it is made from, sorted; its revision history is theirs."""
        return tuple(sorted(path for path in _sources(self)))


def plan(contract: Contract, kinds: Mapping[str, Kind]) -> list[Document]:
    """The documents of a contract, in the order of their deliverables and kinds."""
    documents = []
    for kind, deliverable in _asked(contract, kinds):
        documents += [Document(contract, kind, deliverable, *instance) for instance in PER[kind.per](contract, kind)]
    return documents


def _asked(contract: Contract, kinds: Mapping[str, Kind]) -> Iterator[tuple[Kind, Deliverable | None]]:
    seen = set()
    for deliverable in contract.deliverables:
        named = [kinds[name] for name in deliverable.documents if name in kinds]
        for kind in sorted(
            {k.id: k for k in named + by_title(kinds, deliverable.title)}.values(), key=lambda k: k.order
        ):
            if kind.id not in seen:
                seen.add(kind.id)
                yield kind, deliverable
    for kind in kinds.values():
        if kind.always and kind.id not in seen:
            yield kind, None


Instance = tuple[str, str, Period | None, Entry | None, Person | None]


def _per_contract(contract: Contract, kind: Kind) -> Iterator[Instance]:
    yield "", "", contract.head.period, None, None


def _per_fiscal_year(contract: Contract, kind: Kind) -> Iterator[Instance]:
    for span in fiscal.spans("fiscal_year", contract.head.period):
        yield str(span.whole.start.year), span.name, Period(start=span.start, end=span.end), None, None


def _per_month(contract: Contract, kind: Kind) -> Iterator[Instance]:
    for span in fiscal.spans("month", contract.head.period):
        yield f"{span.whole.start:%Y-%m}", span.name, Period(start=span.start, end=span.end), None, None


def _per_record(contract: Contract, kind: Kind) -> Iterator[Instance]:
    for entry in contract.entries:
        if entry.kind == kind.record:
            yield entry.id, str(entry.values.get("title", entry.id)), None, entry, None


def _per_person(contract: Contract, kind: Kind) -> Iterator[Instance]:
    for person in contract.staff.people:
        yield person.id, person.name, None, None, person


PER: Mapping[str, Callable[[Contract, Kind], Iterator[Instance]]] = {
    "contract": _per_contract,
    "fiscal_year": _per_fiscal_year,
    "month": _per_month,
    "record": _per_record,
    "person": _per_person,
}
"""How often a kind is made, by the word in its manifest."""


def _sources(document: Document) -> Iterator[str]:
    contract = document.contract
    for name in document.kind.data:
        if name in DATA_FILES:
            path = DATA_FILES[name].format(contract=contract.id)
            yield from (path,) if path in contract.files else ()
        elif name == "records":
            entries = [document.entry] if document.entry else contract.entries
            yield from (entry.source.path for entry in entries)
        elif name == "terms":
            yield from (terms.source.path for terms in contract.terms)
        else:
            yield getattr(contract, name).source.path


def check(contract: Contract, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """A kind of document that a deliverable names exists."""
    for deliverable in contract.deliverables:
        for index, name in enumerate(deliverable.documents):
            if name not in kinds:
                place = f"templates/documents/{name}.html.j2"
                yield references.unknown(deliverable.place("documents", index), "文書の種類", name, kinds, place)
