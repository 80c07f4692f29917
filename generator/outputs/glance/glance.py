"""一目: what the home says of one contract; of the contract itself the home needs nothing.

A glance can be kept as JSON and read back, so that the home can be made while no other contract is rendered.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from generator.documents.asof import last_day, seen
from generator.documents.checklist import checklist
from generator.documents.levels import standings
from generator.model import Contract
from generator.outputs.glance import lapses
from generator.outputs.glance.concerns import lapsing, lapsing_next, not_over, stale, unapproved
from generator.outputs.glance.lines import Line
from generator.outputs.glance.work import AHEAD, BACK, Duties, duties, handed_over, waiting
from generator.outputs.shown import Shown
from generator.outputs.site import plainpages
from generator.outputs.site.deadlinepages import NEAR
from generator.rules.coverage import coverage


@dataclass(frozen=True)
class Levels:
    """How often work on an incident started in time."""

    kept: int = 0
    missed: int = 0
    undecided: int = 0

    @property
    def total(self) -> int:
        """How often there was something to judge."""
        return self.kept + self.missed + self.undecided


@dataclass(frozen=True)
class Progress:
    """So many of so many, and the page that tells which."""

    done: int
    total: int
    href: str | None
    failed: int = 0
    """How many of those done are answered with ×."""


@dataclass(frozen=True)
class Glance:
    """One contract on a day."""

    id: str
    title: str
    sample: bool
    authority: str
    vendor: str
    start: dt.date
    end: dt.date
    as_of: dt.date
    vendor_duties: Duties
    """What the vendor has to do."""
    authority_duties: Duties
    """What the authority has to do."""
    waiting: tuple[Line, ...]
    """Handed over, and neither accepted nor returned."""
    handed_over: tuple[Line, ...]
    """By the vendor since `first_told`, the newest first."""
    not_over: tuple[Line, ...]
    """Incidents and accidents."""
    levels: Levels
    coverage: Progress
    """The vendor's duties that something answers."""
    checklist: Progress
    """The check items with an answer."""
    stale: tuple[Line, ...]
    """Documents with approvals that hold no longer."""
    unapproved: tuple[Line, ...]
    """Documents with boxes that nobody has filled in."""
    lapsing: tuple[Line, ...]
    """Certifications and appointments."""
    documents: int
    """How many documents there are."""
    lapsing_next: Line | None = None
    """The certification that lapses first, however far ahead."""

    near_days: ClassVar[int] = NEAR.days
    """What soon and lately mean."""
    ahead_days: ClassVar[int] = AHEAD.days
    """How far ahead what is due is told of."""
    lapse_days: ClassVar[int] = lapses.SOON.days
    """What about to lapse means."""

    @property
    def ended(self) -> bool:
        """Whether the contract is over."""
        return self.end < self.as_of

    @property
    def begun(self) -> bool:
        """Whether it has begun."""
        return self.start <= self.as_of

    @property
    def lately(self) -> tuple[Line, ...]:
        """What was handed over in the last days."""
        return tuple(line for line in self.handed_over if line.day > self.as_of - NEAR)

    @property
    def earlier(self) -> tuple[Line, ...]:
        """What was handed over before that."""
        return tuple(line for line in self.handed_over if line.day <= self.as_of - NEAR)

    @property
    def first_told(self) -> dt.date:
        """Of what was handed over before this day nothing is told."""
        return self.as_of - BACK

    def to_json(self) -> str:
        """All of it as one line of JSON, days in ISO form."""
        return json.dumps(asdict(self), ensure_ascii=False, default=dt.date.isoformat)

    @classmethod
    def from_json(cls, text: str) -> Glance:
        """The glance of which `to_json` of the same program made the text."""
        read: Glance = _read(cls, json.loads(text))
        return read


def glance(shown: Shown, as_of: dt.date) -> Glance:
    """What the home says of a contract on a day."""
    contract, items, bodies = shown.contract, shown.items, shown.bodies
    known = seen(contract, last_day(contract, as_of))
    return Glance(
        id=contract.id,
        title=contract.head.title,
        sample=contract.sample,
        authority=contract.authority.name,
        vendor=contract.vendor.name,
        start=contract.head.period.start,
        end=contract.head.period.end,
        as_of=as_of,
        vendor_duties=duties(contract, items, "vendor", as_of),
        authority_duties=duties(contract, items, "authority", as_of),
        waiting=waiting(contract, items),
        handed_over=handed_over(contract, items, as_of),
        not_over=not_over(known),
        levels=_levels(known, as_of),
        coverage=_coverage(shown),
        checklist=_checklist(shown, known),
        stale=stale(contract, bodies),
        unapproved=unapproved(contract, bodies),
        lapsing=lapsing(contract, bodies, as_of),
        documents=len(bodies),
        lapsing_next=lapsing_next(contract, as_of),
    )


def _levels(known: Contract, as_of: dt.date) -> Levels:
    found = standings(known, as_of)
    return Levels(sum(o.met for o in found), sum(o.missed for o in found), sum(o.unsettled for o in found))


def _coverage(shown: Shown) -> Progress:
    counted = coverage(shown.statuses)
    return Progress(counted.answered, counted.total, "clauses/coverage.html")


def _checklist(shown: Shown, known: Contract) -> Progress:
    counts = checklist(known).counts
    page = plainpages.where(shown.contract, shown.bodies, "security-checklist")
    return Progress(sum(counts.values()) - counts["未記入"], sum(counts.values()), page, counts["×"])


def _read(kind: Any, value: Any) -> Any:
    """A value as JSON has it, as the type that it had."""
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if isinstance(kind, UnionType):
        return None if value is None else _read(get_args(kind)[0], value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _read(_types(kind)[name], one) for name, one in value.items()})
    return dt.date.fromisoformat(value) if kind is dt.date else value


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
