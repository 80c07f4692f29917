"""The deadlines as pages show them: the year as a calendar, and everything as a list with its reasons."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.intake.eras import wareki_month
from generator.rules import fiscal
from generator.rules.dueitem import DueItem


@dataclass(frozen=True)
class ShownItem:
    """A due item with the anchor of its line, and the contract's title where pages mix contracts."""

    item: DueItem
    anchor: str
    contract_title: str = ""


@dataclass(frozen=True)
class Month:
    """A month and what is due in it."""

    name: str
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class Year:
    """A fiscal year, its months with something due, and all of it as a list."""

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


def shown(items: Iterable[DueItem], contract_title: str = "") -> list[ShownItem]:
    """Items with anchors that stay when a date moves."""
    return [ShownItem(item, anchor(item), contract_title) for item in items]


def anchor(item: DueItem) -> str:
    """A short id of what the item is, whatever its date."""
    return "d-" + hashlib.sha256(item.key.encode()).hexdigest()[:12]


def deadlines(items: Sequence[ShownItem]) -> Deadlines:
    """Items sorted into years, months and the rest; their order is kept."""
    dated = [s for s in items if s.item.due and s.item.applies]
    numbers = sorted({fiscal.fiscal_year_of(s.item.due) for s in dated if s.item.due})
    years = tuple(
        _year(number, [s for s in dated if s.item.due and fiscal.fiscal_year_of(s.item.due) == number])
        for number in numbers
    )
    undated = tuple(s for s in items if not s.item.due and s.item.applies)
    return Deadlines(years, undated, tuple(s for s in items if not s.item.applies))


def _year(number: int, items: Sequence[ShownItem]) -> Year:
    months: dict[str, list[ShownItem]] = {}
    for entry in items:
        assert entry.item.due is not None
        months.setdefault(wareki_month(entry.item.due), []).append(entry)
    found = tuple(Month(name, tuple(own)) for name, own in months.items())
    return Year(number, fiscal.fiscal_year_name(number), found, tuple(items))
