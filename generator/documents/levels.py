"""サービスレベルの達成: what reports say of each service level, of a period or of one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.documents.ledger import Series, once
from generator.model import Contract, Period, ServiceLevel
from generator.rules.levelfigures import BLANK, RUNNING, Figure, follows, monthly_figures
from generator.rules.measures import MEASURES, NOT_RECORDED, START, Measure, how, measure_of
from generator.rules.servicelevels import MET, MISSED, OPEN, ServiceResult, Undecided, service_results, undecided


@dataclass(frozen=True)
class LevelCount:
    """How often a service level that sets a time was kept."""

    level: str
    met: int
    missed: int
    waiting: int
    title: str = ""
    measure: Measure = MEASURES[START]
    undecided: tuple[Undecided, ...] = ()
    """The records of which it cannot be said."""
    follows: tuple[str, ...] = ()
    """What the specification says of a miss; empty where there was none."""

    @property
    def total(self) -> int:
        """How many records were held against it."""
        return self.met + self.missed + self.waiting


def level_counts(contract: Contract, period: Period, as_of: dt.date) -> tuple[LevelCount, ...]:
    """The count of each service level that sets a time, in the order of the contract."""
    within = results(contract, as_of).within(period)
    open_ends = _undecided(contract).within(period)
    levels = [level for level in contract.head.service_levels if measure_of(level)]
    return tuple(_count(level, within, open_ends) for level in levels)


def _count(level: ServiceLevel, within: Iterable[ServiceResult], open_ends: Iterable[Undecided]) -> LevelCount:
    states = [result.state for result in within if result.level == level.id]
    return LevelCount(
        level.id,
        states.count(MET),
        states.count(MISSED),
        states.count(OPEN),
        level.title,
        measure_of(level) or MEASURES[START],
        tuple(one for one in open_ends if one.level == level.id),
        follows(level) if MISSED in states else (),
    )


def figures(contract: Contract, period: Period, as_of: dt.date) -> tuple[Figure, ...]:
    """The months that end in a period, of each service level that is measured each month."""
    return tuple(one for one in _figures(contract, as_of) if period.start <= one.period.end <= period.end)


@dataclass(frozen=True)
class Standing:
    """A service level, and how it stands on a day over all the time so far."""

    level: ServiceLevel
    how: str
    """By what it is judged; empty where it states only hours."""
    met: int = 0
    """Records; of a level that is a figure, months."""
    missed: int = 0
    unsettled: int = 0
    """Records that wait or cannot be judged; months that are over and have no figure."""
    last: Figure | None = None
    """The last month that is over, of a level that is a figure."""


def standings(contract: Contract, as_of: dt.date) -> list[Standing]:
    """Every service level of a contract, in its order."""
    return [_standing(contract, level, as_of) for level in contract.head.service_levels]


def _standing(contract: Contract, level: ServiceLevel, as_of: dt.date) -> Standing:
    months = [one for one in _figures(contract, as_of) if one.level is level and one.state != RUNNING]
    open_ends = [one for one in undecided_records(contract) if one.level == level.id]
    states = [one.state for one in results(contract, as_of).items if one.level == level.id]
    states += [one.state for one in months] + [OPEN for _ in open_ends]
    return Standing(
        level,
        how(level),
        states.count(MET),
        states.count(MISSED),
        states.count(OPEN) + states.count(BLANK),
        months[-1] if months else None,
    )


def unjudged(contract: Contract) -> tuple[ServiceLevel, ...]:
    """The service levels that nothing recorded can be held against."""
    return tuple(level for level in contract.head.service_levels if how(level) == NOT_RECORDED)


@once
def results(contract: Contract, as_of: dt.date) -> Series[ServiceResult]:
    """Every record held against the service levels, by the day its time began."""
    return Series.of((result.begun.date(), result) for result in service_results(contract, as_of))


@once
def _undecided(contract: Contract) -> Series[Undecided]:
    return Series.of((one.day, one) for one in undecided_records(contract) if one.day)


@once
def undecided_records(contract: Contract) -> tuple[Undecided, ...]:
    """The records of which cannot be said whether a level was kept, by level and id."""
    return tuple(undecided(contract))


@once
def _figures(contract: Contract, as_of: dt.date) -> tuple[Figure, ...]:
    return tuple(monthly_figures(contract, as_of))
