"""The deadlines as pages show them: the year as a calendar, and everything as a list with its reasons."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from generator.model import Contract
from generator.outputs.site.statewords import state_names, state_word
from generator.rules import fiscal, states
from generator.rules.dueitem import DueItem
from generator.rules.labels import MEDIA, SCOPES
from generator.rules.opendays import OpenDays

NEAR = dt.timedelta(days=30)
"""How near is soon, where an officer asks what comes next."""

OVERDUE, TO_COME = (states.LATE, states.RETURNED), (states.PLANNED, states.SOON)
"""The states of what is past its day or was sent back, and of what is still to be handed over."""

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

    @property
    def word(self) -> str:
        """How it stands in words."""
        return state_word(self.item)

    @property
    def names(self) -> str:
        """The words by which a filter finds it."""
        return state_names(self.item)

    @property
    def manner(self) -> str:
        """What tells apart the things that are due the same day: `差分・紙`."""
        return "・".join(filter(None, (SCOPES.get(self.item.scope or ""), MEDIA.get(self.item.medium or ""))))

    @property
    def year(self) -> str:
        """The fiscal year of its date; empty where it has none."""
        return fiscal.fiscal_year_name(fiscal.fiscal_year_of(self.item.due)) if self.item.due else ""

    def left(self, as_of: dt.date) -> str:
        """How what is not done stands, in the words the figures use: `30日以内`; empty for what is done or undated."""
        if self.item.state in OVERDUE:
            return "・".join(OVERDUE)
        if self.item.state not in TO_COME or self.item.due is None:
            return ""
        return f"{NEAR.days}日以内" if self.item.due <= as_of + NEAR else "それより先"


@dataclass(frozen=True)
class Duty:
    """Due items that differ in nothing but in scope and medium."""

    entries: tuple[ShownItem, ...]

    @property
    def first(self) -> ShownItem:
        """The first of them."""
        return self.entries[0]

    @property
    def item(self) -> DueItem:
        """The due item of the first."""
        return self.first.item

    @property
    def anchors(self) -> str:
        """The anchors of all of them, with blanks between."""
        return " ".join(entry.anchor for entry in self.entries)

    @property
    def manners(self) -> str:
        """What tells them apart: `差分・紙、全量・データ`."""
        return "、".join(dict.fromkeys(filter(None, (entry.manner for entry in self.entries))))


def together(entries: Iterable[ShownItem]) -> list[Duty]:
    """Items of one deliverable, day, occasion and state as one, in the order of the first of each."""
    found: dict[tuple[object, ...], list[ShownItem]] = defaultdict(list)
    for entry in entries:
        item = entry.item
        alike = (item.contract, item.deliverable, item.due, item.due_time, item.occasion, entry.word)
        found[alike].append(entry)
    return [Duty(tuple(alike)) for alike in found.values()]


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

    @property
    def duties(self) -> list[Duty]:
        """What is due in it, each thing once."""
        return together(self.items)


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

    soon_days: ClassVar[int] = states.SOON_DAYS
    """How near is 期限間近."""

    @property
    def attention(self) -> list[Duty]:
        """What is late, was sent back or is due soon, each thing once."""
        asked = (*OVERDUE, states.SOON)
        return together(entry for year in self.years for entry in year.items if entry.item.state in asked)

    def opened(self, as_of: dt.date) -> Collection[int]:
        """The years that stand open on a day: its own and the next; where there is neither, the nearest."""
        now, there = fiscal.fiscal_year_of(as_of), [year.number for year in self.years]
        near = {number for number in there if number in (now, now + 1)}
        return near or {min(there, key=lambda number: abs(number - now), default=now)}


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
