"""The deadlines as pages show them: the year as a calendar, and everything as a list with its reasons."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Contract
from generator.rules import fiscal
from generator.rules.dueitem import DueItem
from generator.rules.opendays import OpenDays

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Link:
    """A place below a contract's part, and its name."""

    href: str
    text: str


@dataclass(frozen=True)
class ShownItem:
    """A due item with the anchor of its line, and the contract's title where pages mix contracts."""

    item: DueItem
    anchor: str
    contract_title: str = ""
    links: tuple[Link, ...] = ()
    """The documents that serve it, and first the record it arises from."""


@dataclass(frozen=True)
class Day:
    """A day of the calendar."""

    date: dt.date
    closed: str | None
    """Why the authority is closed."""
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class Month:
    """A month: what is due in it, and its weeks from Monday, with None where a week reaches outside."""

    name: str
    items: tuple[ShownItem, ...]
    weeks: tuple[tuple[Day | None, ...], ...] = ()


@dataclass(frozen=True)
class Year:
    """A fiscal year, its months, and all that is due in it as a list."""

    number: int
    name: str
    months: tuple[Month, ...]
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class Deadlines:
    """The dated items by fiscal year, and those without a date."""

    years: tuple[Year, ...]
    undated: tuple[ShownItem, ...]
    idle: tuple[ShownItem, ...]
    """Dated or not, what does not apply because nothing happened."""


def shown(
    items: Iterable[DueItem], contract_title: str = "", links: Mapping[str, tuple[Link, ...]] | None = None
) -> list[ShownItem]:
    """Items with anchors that stay when a date moves, and with the documents that serve them."""
    return [ShownItem(i, i.anchor, contract_title, (links or {}).get(i.anchor, ())) for i in items]


def deadlines(items: Sequence[ShownItem], contract: Contract | None = None) -> Deadlines:
    """Items sorted into years, months and the rest; their order is kept. Of one contract, months have their weeks."""
    by_day: dict[dt.date, list[ShownItem]] = defaultdict(list)
    for entry in items:
        if entry.item.due and entry.item.applies:
            by_day[entry.item.due].append(entry)
    numbers = sorted({fiscal.fiscal_year_of(day) for day in by_day})
    open_days = OpenDays(contract.authority.calendar) if contract else None
    years = tuple(_year(number, by_day, open_days) for number in numbers)
    undated = tuple(s for s in items if not s.item.due and s.item.applies)
    return Deadlines(years, undated, tuple(s for s in items if not s.item.applies))


Due = Mapping[dt.date, Sequence[ShownItem]]


def _year(number: int, due: Due, days: OpenDays | None) -> Year:
    spans = list(fiscal.spans("month", fiscal.fiscal_year(number)))
    busy = [n for n, span in enumerate(spans) if any(span.start <= day <= span.end for day in due)]
    months = tuple(_month(span, due, days) for span in spans[busy[0] : busy[-1] + 1])
    items = tuple(entry for month in months for entry in month.items)
    return Year(number, fiscal.fiscal_year_name(number), months, items)


def _month(span: fiscal.Span, due: Due, days: OpenDays | None) -> Month:
    dates = [span.start + n * _DAY for n in range((span.end - span.start).days + 1)]
    items = tuple(entry for day in dates for entry in due.get(day, ()))
    return Month(span.name, items, _weeks(dates, due, days) if days else ())


def _weeks(dates: Sequence[dt.date], due: Due, days: OpenDays) -> tuple[tuple[Day | None, ...], ...]:
    cells: list[Day | None] = [None] * dates[0].weekday()
    cells += [Day(day, days.why_closed(day), tuple(due.get(day, ()))) for day in dates]
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
