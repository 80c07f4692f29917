"""What is wrong with the figures that are recorded for service levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.intake import references
from generator.intake.eras import wareki
from generator.model import Contract, ServiceLevel
from generator.problems import Problem
from generator.rules import events
from generator.rules.events import Row
from generator.rules.levelfigures import MEASUREMENTS, months_of
from generator.rules.measures import is_figure, number
from generator.rules.servicelevels import place_of

PROBLEM_CODES = {"SLV005": "合わない測定値"}


def figures_fit(contract: Contract) -> Iterator[Problem]:
    """A figure is one number of one month of a level that is measured each month."""
    levels = {level.id: level for level in contract.head.service_levels}
    rows = events.rows_of(contract, MEASUREMENTS)
    for row in rows:
        name = str(row.values.get("level"))
        if name not in levels:
            yield references.unknown(
                place_of(row, "level"), "サービスレベル", name, levels, "contract.yml の service_levels"
            )
        else:
            yield from _figure(contract, levels[name], row)
    yield from _twice(rows)


def _twice(rows: Sequence[Row]) -> Iterator[Problem]:
    seen: set[tuple[str, dt.date]] = set()
    for row in rows:
        name = str(row.values.get("level"))
        if row.day and (name, row.day) in seen:
            message = f"サービスレベル「{name}」の、{wareki(row.day)}までの月の測定値が二つあります"
            yield Problem(place_of(row, "level"), "SLV005", message, "一つにしてください")
        if row.day:
            seen.add((name, row.day))


def _figure(contract: Contract, level: ServiceLevel, row: Row) -> Iterator[Problem]:
    if not is_figure(level):
        message = f"「{level.title}」は月ごとの測定値で判定する水準ではありません"
        yield Problem(
            place_of(row, "level"), "SLV005", message, "contract.yml の水準に at_least か at_most を書いてください"
        )
    if number(str(row.values.get("value"))) is None:
        message = f"測定値「{row.values.get('value')}」は数ではありません"
        yield Problem(place_of(row, "value"), "SLV005", message, "99.62 のように数だけを書いてください")
    ends = {month.end for month in months_of(contract, level)}
    if row.day and row.day not in ends:
        message = f"{wareki(row.day)}は、測る月の末日ではありません"
        near = min((end for end in ends if end >= row.day), default=max(ends, default=None))
        yield Problem(place_of(row, "until"), "SLV005", message, f"{near} ではありませんか" if near else "")
