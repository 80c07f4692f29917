"""How often a kind of document is made: once a contract, year, month, period of a deadline, record or person."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.documents.answers import Answer, answers
from generator.documents.currentdays import stated
from generator.documents.kinds import Kind
from generator.intake.eras import wareki
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

    @cached_property
    def _opened(self) -> Mapping[tuple[dt.date, dt.date], dt.date]:
        """From when on there can be a document of a period that is due before the period begins."""
        numbers = {deliverable.no for deliverable in self.deliverables}
        found: dict[tuple[dt.date, dt.date], dt.date] = {}
        for item in self.items:
            if item.period and item.deliverable in numbers and (day := opens(item)) is not None:
                of = (item.period.start, item.period.end)
                found[of] = min(day, found.get(of, day))
        return found

    def begun(self, period: Period) -> bool:
        """Whether there can be a document: its period has begun, it is a plan for the next, or something is recorded."""
        place = bisect_left(self.days, period.start)
        start = min(period.start, self._opened.get((period.start, period.end), period.start))
        return start <= self.as_of or (place < len(self.days) and self.days[place] <= period.end)


def opens(item: DueItem) -> dt.date | None:
    """From when on what is due before its period begins can be made: one length of the period before the due date.

    None for what is due in its period or afterwards, or has no date.
    """
    if item.period is None or item.due is None or item.due >= item.period.start:
        return None
    return item.due - (item.period.end - item.period.start)


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
    answers: tuple[Answer, ...] = ()
    """The due items that a record answers without their arising from it."""
    day: dt.date | None = None
    """現在日: the day whose state it shows; None for the day it is made on."""
    further: bool = False
    """Whether it is a letter for a further row of the list: the date in its record is that of the first letter."""


Made = tuple[tuple[Deliverable, ...], Instance]


def _per_contract(asked: Asked) -> Iterator[Made]:
    """One; and one more for each day whose state is asked for (現在日), once that day has come."""
    period = asked.contract.head.period
    yield asked.deliverables, Instance(period=period)
    for deliverable in asked.deliverables:
        for day, own in sorted(stated(deliverable, asked.items).items()):
            if day <= asked.as_of:
                several = len([one for one in asked.deliverables if one.current]) > 1
                key = f"{deliverable.no}-{day}" if several else day.isoformat()
                yield (deliverable,), Instance(key, f"{wareki(day)}現在", period, answers=own, day=day)


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
                several = [deliverable.no] if len(asked.deliverables) > 1 else []
                key = "-".join((*several, *_ends(period, asked.contract.head.period)))
                yield (deliverable,), Instance(key, name, period, end <= asked.as_of)


def _ends(period: Period, whole: Period) -> Iterable[str]:
    """A period's own name: the months from its first to its last, or its days where it begins or ends within a month."""
    begins = period.start.day == 1 or period.start == whole.start
    ends = (period.end + dt.timedelta(days=1)).day == 1 or period.end == whole.end
    form = "%Y-%m" if begins and ends else "%Y-%m-%d"
    return dict.fromkeys((f"{period.start:{form}}", f"{period.end:{form}}"))


def _per_record(asked: Asked) -> Iterator[Made]:
    """A document for each record of the kind that is meant for a deliverable which asks for it.

    A letter bears the number and title of one row of the list: for a further row there is a letter of its own.
    """
    found = events.entries_of(asked.contract, asked.kind.record or "")
    served = [(entry, _served(asked, entry)) for entry in found if _wanted(entry, asked.kind)]
    answered = _answered(asked, served)
    for entry, deliverables in served:
        for index, own in enumerate(_letters(asked.kind, deliverables)):
            key = f"{own[0].no}-{entry.id}" if index else entry.id
            told = tuple(answer for one in own for answer in answered.get((one.no, entry.id), ()))
            label = str(entry.values.get("title", entry.id))
            yield own, Instance(key, label, entry=entry, answers=told, further=index > 0)
        if not asked.deliverables:
            yield (), Instance(entry.id, str(entry.values.get("title", entry.id)), entry=entry)


def _letters(kind: Kind, deliverables: tuple[Deliverable, ...]) -> list[tuple[Deliverable, ...]]:
    """The deliverables that one document serves together: of a letter no two rows of the list."""
    listed = [deliverable for deliverable in deliverables if deliverable.listed]
    if kind.form != "letter" or len(listed) < 2:
        return [deliverables] if deliverables else []
    further = listed[1:]
    return [tuple(one for one in deliverables if one not in further), *((one,) for one in further)]


def _answered(
    asked: Asked, served: Sequence[tuple[Entry, tuple[Deliverable, ...]]]
) -> dict[tuple[str, str], tuple[Answer, ...]]:
    """What the records answer by number and id; a record that could be for several rows goes by what it names."""
    found: dict[tuple[str, str], tuple[Answer, ...]] = {}
    for deliverable in asked.deliverables:
        own = [(entry, len(others) == 1) for entry, others in served if deliverable in others]
        items = [item for item in asked.items if item.deliverable == deliverable.no]
        made = [s for s in asked.contract.submissions if s.deliverable == deliverable.no]
        if own and items:
            alone = {entry.id for entry, only in own if only}
            told = answers(asked.kind, [entry for entry, _ in own], items, made, alone)
            found |= {(deliverable.no, name): each for name, each in told.items()}
    return found


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
