"""Service levels that are a figure of each month (稼働率, 一次回答率, 応答時間): measured, held against the target. Pure.

A month without a figure is 未記入 and never judged; nothing is computed from other records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.model import Contract, Period, ServiceLevel
from generator.rules import events, fiscal
from generator.rules.events import Row
from generator.rules.fiscal import Span
from generator.rules.measures import is_figure, number
from generator.rules.servicelevels import MET, MISSED

MEASUREMENTS = "measurements"
"""The kind of record that holds the figures."""

BLANK = "未記入"
RUNNING = "期間中"
"""Of a month that is not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A month held against a service level."""

    level: ServiceLevel
    month: str
    """`令和8年8月`."""
    period: Period
    """The part of the month that lies in the contract."""
    value: str | None
    """As recorded, with its unit; None where nothing is."""
    basis: str | None
    state: str
    """達成, 未達, 未記入 or 期間中."""
    run: int
    """How many months in a row it was missed, this one counted; 0 where it was not."""
    follows: tuple[str, ...] = ()
    """What the specification says of such a month."""


def monthly_figures(contract: Contract, as_of: dt.date) -> list[Figure]:
    """Every month that has begun, of every level that is a figure, in the order of the levels."""
    rows = {(str(row.values.get("level")), row.day): row for row in reversed(events.rows_of(contract, MEASUREMENTS))}
    levels = [level for level in contract.head.service_levels if is_figure(level)]
    return [one for level in levels for one in _of_level(contract, level, rows, as_of)]


def months_of(contract: Contract, level: ServiceLevel) -> Iterator[Span]:
    """The months in which a level is asked for, cut to the contract."""
    start = max(contract.head.period.start, level.start or dt.date.min)
    if start <= contract.head.period.end:
        yield from fiscal.spans("month", Period(start=start, end=contract.head.period.end))


def _of_level(
    contract: Contract, level: ServiceLevel, rows: Mapping[tuple[str, dt.date | None], Row], as_of: dt.date
) -> Iterator[Figure]:
    run = 0
    for month in months_of(contract, level):
        if month.start > as_of:
            return
        row = rows.get((level.id, month.end)) if month.end <= as_of else None
        value = number(str(row.values.get("value"))) if row else None
        state = _state(level, value, month.end < as_of)
        run = run + 1 if state == MISSED else 0
        yield Figure(
            level=level,
            month=month.name,
            period=Period(start=month.start, end=month.end),
            value=f"{row.values['value']}{level.unit or ''}" if row and value is not None else None,
            basis=row.values.get("basis") if row else None,
            state=state,
            run=run,
            follows=follows(level, value, run) if run else (),
        )


def _state(level: ServiceLevel, value: Decimal | None, over: bool) -> str:
    if value is None:
        return BLANK if over else RUNNING
    low, high = number(level.at_least), number(level.at_most)
    kept = (low is None or value >= low) and (high is None or value <= high)
    return MET if kept else MISSED


def follows(level: ServiceLevel, value: Decimal | None = None, run: int = 1) -> tuple[str, ...]:
    """What the specification says of a miss: of a scale the step that the figure has reached, and what a row of
    misses brings."""
    steps = {one: edge for one in level.if_missed if (edge := number(one.below)) is not None}
    peaks = {one: edge for one in level.if_missed if (edge := number(one.above)) is not None}
    low = min((edge for edge in steps.values() if value is not None and value < edge), default=None)
    high = max((edge for edge in peaks.values() if value is not None and value > edge), default=None)
    return tuple(
        one.text
        for one in level.if_missed
        if (one not in steps or steps[one] == low)
        and (one not in peaks or peaks[one] == high)
        and run >= (one.months or 1)
    )
