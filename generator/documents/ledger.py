"""What is recorded in a contract, in order of day: sorted once, so that a report of a month looks at its month only."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Generic, TypeVar, TypeVarTuple

from generator.model import Contract, Entry, Period
from generator.rules import events
from generator.rules.events import Row

T = TypeVar("T")
Rest = TypeVarTuple("Rest")


@dataclass(frozen=True)
class Series(Generic[T]):
    """Things with a day each, in order."""

    days: tuple[dt.date, ...] = ()
    items: tuple[T, ...] = ()

    @classmethod
    def of(cls, dated: Iterable[tuple[dt.date, T]]) -> Series[T]:
        """A series of pairs in any order; those of one day stay in the order they come in."""
        pairs = sorted(dated, key=lambda pair: pair[0])
        return cls(tuple(day for day, _ in pairs), tuple(item for _, item in pairs))

    def within(self, period: Period) -> tuple[T, ...]:
        """Those of a period."""
        return self.items[bisect_left(self.days, period.start) : bisect_right(self.days, period.end)]


class _Same:
    """A contract known by being the same object: its records have no hash, and comparing them is no quicker than
    sorting them."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract

    def __hash__(self) -> int:
        return id(self.contract)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.contract is self.contract


def once(function: Callable[[Contract, *Rest], T]) -> Callable[[Contract, *Rest], T]:
    """A function of a contract that is carried out once for each of the contracts seen last."""

    @lru_cache(maxsize=8)
    def remembered(same: _Same, *rest: *Rest) -> T:
        return function(same.contract, *rest)

    @wraps(function)
    def asked(contract: Contract, /, *rest: *Rest) -> T:
        return remembered(_Same(contract), *rest)

    return asked


def recorded(contract: Contract, kind: str, period: Period) -> tuple[Entry, ...]:
    """The records of a kind that belong to a period, by day and id."""
    return _entries(contract).get(kind, Series()).within(period)


def register(contract: Contract, kind: str, period: Period) -> tuple[Row, ...]:
    """The rows of a register that belong to a period, in order of day."""
    return _rows(contract).get(kind, Series()).within(period)


@once
def counted(contract: Contract) -> tuple[str, ...]:
    """The kinds of which something is recorded, sorted."""
    return tuple(sorted({entry.kind for entry in contract.entries}))


@once
def _entries(contract: Contract) -> dict[str, Series[Entry]]:
    found: dict[str, list[tuple[dt.date, Entry]]] = {}
    for entry in sorted(contract.entries, key=lambda e: (e.kind, e.id)):
        if day := events.happened_on(entry):
            found.setdefault(entry.kind, []).append((day, entry))
    return {kind: Series.of(pairs) for kind, pairs in found.items()}


@once
def _rows(contract: Contract) -> dict[str, Series[Row]]:
    found: dict[str, list[tuple[dt.date, Row]]] = {}
    for row in _every_row(contract):
        if row.day:
            found.setdefault(row.entry.kind, []).append((row.day, row))
    return {kind: Series.of(pairs) for kind, pairs in found.items()}


def _every_row(contract: Contract) -> Iterator[Row]:
    for entry in sorted(contract.entries, key=lambda e: (e.kind, e.id)):
        yield from events.rows_in(entry)
