"""How often a kind of document is made: once a contract, year, month, period of a deadline, record or person."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.documents.kinds import Kind
from generator.model import Contract, Deliverable, Entry, Period, Person
from generator.rules import deadlines, events, fiscal, states
from generator.rules.dueitem import DueItem


@dataclass(frozen=True)
class Asked:
    """A kind of document that a contract asks for, with what is needed to say how often."""

    contract: Contract
    kind: Kind
    deliverables: tuple[Deliverable, ...]
    items: Sequence[DueItem]
    as_of: dt.date

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which something is recorded that the kind reads, in order."""
        kinds = self.kind.records
        return tuple(sorted(day for e in self.contract.entries if e.kind in kinds for day in events.days_of(e)))

    def begun(self, period: Period) -> bool:
        """Whether there can be a report: its period has begun, or something is recorded in it."""
        place = bisect_left(self.days, period.start)
        return period.start <= self.as_of or (place < len(self.days) and self.days[place] <= period.end)


@dataclass(frozen=True)
class Instance:
    """One document of a kind: what tells it from its siblings."""

    key: str = ""
    label: str = ""
    period: Period | None = None
    ended: bool = True
    """False while the period still runs at `as_of`: nothing may be said of all of it."""
    entry: Entry | None = None
    person: Person | None = None


Made = tuple[tuple[Deliverable, ...], Instance]


def _per_contract(asked: Asked) -> Iterator[Made]:
    yield asked.deliverables, Instance(period=asked.contract.head.period)


def _per_fiscal_year(asked: Asked) -> Iterator[Made]:
    for span in fiscal.spans("fiscal_year", asked.contract.head.period):
        period = Period(start=span.start, end=span.end)
        if asked.kind.records and not asked.begun(period):
            continue
        ended = period.end <= asked.as_of
        yield asked.deliverables, Instance(str(span.whole.start.year), span.name, period, ended)


def _per_month(asked: Asked) -> Iterator[Made]:
    for span in fiscal.spans("month", asked.contract.head.period):
        period = Period(start=span.start, end=span.end)
        if asked.begun(period):
            ended = period.end <= asked.as_of
            yield asked.deliverables, Instance(f"{span.whole.start:%Y-%m}", span.name, period, ended)


def _per_period(asked: Asked) -> Iterator[Made]:
    """The periods of the deadlines, each once; named after the deliverable where several are served."""
    for deliverable in asked.deliverables:
        periods: dict[tuple[dt.date, dt.date], str] = {}
        for item in asked.items:
            if item.deliverable == deliverable.no and item.period:
                periods.setdefault((item.period.start, item.period.end), item.occasion or "")
        for (start, end), name in sorted(periods.items()):
            period = Period(start=start, end=end)
            if asked.begun(period):
                months = dict.fromkeys((f"{start:%Y-%m}", f"{end:%Y-%m}"))
                key = "-".join((*([deliverable.no] if len(asked.deliverables) > 1 else ()), *months))
                yield (deliverable,), Instance(key, name, period, end <= asked.as_of)


def _per_record(asked: Asked) -> Iterator[Made]:
    """A document for each record of the kind that is meant for a deliverable which asks for it."""
    kind = asked.kind
    for entry in events.entries_of(asked.contract, kind.record or ""):
        if not _wanted(entry, kind):
            continue
        served = _served(asked, entry)
        if served or not asked.deliverables:
            yield served, Instance(entry.id, str(entry.values.get("title", entry.id)), entry=entry)


def _wanted(entry: Entry, kind: Kind) -> bool:
    """Whether a record has the values and the field that the kind is made for."""
    return events.matches(entry, kind.where or {}) and (kind.when is None or entry.values.get(kind.when) is not None)


def _served(asked: Asked, entry: Entry) -> tuple[Deliverable, ...]:
    """The deliverable a record names; else those whose deadlines count from it; else all that ask for the kind."""
    named = entry.values.get("deliverable")
    if named is not None:
        return tuple(d for d in asked.deliverables if d.no == named)
    return tuple(d for d in asked.deliverables if _counts(asked.contract, d, entry)) or asked.deliverables


def _counts(contract: Contract, deliverable: Deliverable, entry: Entry) -> bool:
    rules = (placed.rule for placed in deadlines.rules_of(contract, deliverable))
    return any(events.counts(entry, rule.event, rule.where) for rule in rules)


def _per_person(asked: Asked) -> Iterator[Made]:
    """The vendor's people: whoever holds a role on the vendor's side."""
    ours = states.people_of(asked.contract)
    for person in asked.contract.staff.people:
        if person.id in ours:
            yield asked.deliverables, Instance(person.id, person.name, person=person)


PER: Mapping[str, Callable[[Asked], Iterator[Made]]] = {
    "contract": _per_contract,
    "fiscal_year": _per_fiscal_year,
    "month": _per_month,
    "period": _per_period,
    "record": _per_record,
    "person": _per_person,
}
"""How often a kind is made, by the word in its manifest."""
