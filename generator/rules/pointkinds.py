"""The kinds of days `on` can name, each of which finds its day on an occasion. `points` reads them from words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from generator.rules import anchors
from generator.rules.anchors import Anchor
from generator.rules.daywords import DayWord
from generator.rules.fiscal import fiscal_year_name, fiscal_year_of
from generator.rules.occasions import Occasion, Resolved, said

MONTHS = {
    "this month": (0, "当月"),
    "next month": (1, "翌月"),
    "month after next": (2, "翌々月"),
    "previous month": (-1, "前月"),
}
YEARS = {"this": 0, "next": 1, "previous": -1}
WEEKS = {"this week": (0, "その週"), "next week": (1, "翌週"), "previous week": (-1, "前の週")}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_WEEK = dt.timedelta(weeks=1)


class Point(Protocol):
    """A day as written."""

    @property
    def needs(self) -> str | None:
        """`period` or `event` where the point has a meaning only for such rules."""

    def resolve(self, occasion: Occasion) -> Resolved:
        """The day on an occasion; raises BadWords."""


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A day that is written out."""

    day: dt.date
    note: str | None = None
    needs: str | None = None

    def resolve(self, occasion: Occasion) -> Resolved:
        """The day itself."""
        return Resolved(day=self.day, steps=_steps(f"期日は{said(self.day)}と定められています。", self.note))


@dataclass(frozen=True, slots=True)
class AtAnchor:
    """The day of an anchor."""

    anchor: Anchor

    @property
    def needs(self) -> str | None:
        """What the anchor needs."""
        return self.anchor.needs

    def resolve(self, occasion: Occasion) -> Resolved:
        """The anchor's day."""
        found = anchors.find(self.anchor, occasion)
        if found.day is None:
            return Resolved(waits=found.title)
        return Resolved(day=found.day, steps=(f"期日は{found.title}、{said(found.day)}です。",))


@dataclass(frozen=True, slots=True)
class InMonth:
    """A day of the month that lies some months from the period's (the record's) last day, or from an anchor."""

    word: DayWord
    month: str
    anchor: Anchor | None = None

    @property
    def needs(self) -> str | None:
        """What the anchor needs."""
        return self.anchor.needs if self.anchor else None

    def resolve(self, occasion: Occasion) -> Resolved:
        """The day in that month."""
        day, title = _base(occasion, self.anchor)
        if day is None:
            return Resolved(waits=title)
        shift, name = MONTHS[self.month]
        year, index = divmod(day.year * 12 + day.month - 1 + shift, 12)
        due, note = self.word.day_in(year, index + 1)
        step = f"{title}は{said(day)}で、その{name}の{self.word.title}は{said(due)}です。"
        return Resolved(day=due, steps=_steps(step, self.word.note, note))


@dataclass(frozen=True, slots=True)
class InYear:
    """A day of a named month: the one inside the period, or in a fiscal year counted from the period's."""

    word: DayWord
    month: int
    fiscal: str | None = None
    needs: str | None = None

    def resolve(self, occasion: Occasion) -> Resolved:
        """The day of that month which belongs to the occasion."""
        last = occasion.last_day
        if last is None:
            return Resolved(waits=occasion.last_day_name)
        name = f"{self.month}月の{self.word.title}" if not self.word.number else f"{self.month}月{self.word.number}日"
        if self.fiscal:
            fiscal = fiscal_year_of(last) + YEARS[self.fiscal]
            due, note = self._in(fiscal if self.month >= 4 else fiscal + 1)
            return Resolved(
                day=due, steps=_steps(f"{fiscal_year_name(fiscal)}の{name}は{said(due)}です。", self.word.note, note)
            )
        return self._nearest(occasion, last, name)

    def _nearest(self, occasion: Occasion, last: dt.date, name: str) -> Resolved:
        first, cut = (occasion.span.whole, occasion.span.start) if occasion.span else (None, None)
        start = first.start if first else occasion.contract.head.period.start if occasion.event is None else last
        end = first.end if first else last
        due, note = self._in(start.year)
        if due < start:
            due, note = self._in(start.year + 1)
        place = "期間の中" if due <= end else f"{occasion.last_day_name}より後の最初"
        steps = _steps(f"{place}の{name}は{said(due)}です。", self.word.note, note)
        return Resolved(day=due, steps=steps, before_start=cut is not None and start <= due < cut)

    def _in(self, year: int) -> tuple[dt.date, str | None]:
        return self.word.day_in(year, self.month)


@dataclass(frozen=True, slots=True)
class InWeek:
    """A day of the week (Monday to Sunday) that lies some weeks from the period's (the record's) last day."""

    weekday: int
    week: str
    anchor: Anchor | None = None

    @property
    def needs(self) -> str | None:
        """What the anchor needs."""
        return self.anchor.needs if self.anchor else None

    def resolve(self, occasion: Occasion) -> Resolved:
        """The day in that week."""
        day, title = _base(occasion, self.anchor)
        if day is None:
            return Resolved(waits=title)
        shift, name = WEEKS[self.week]
        due = day + dt.timedelta(days=self.weekday - day.weekday()) + shift * _WEEK
        return Resolved(day=due, steps=(f"{title}は{said(day)}で、{name}のその曜日は{said(due)}です。",))


def _base(occasion: Occasion, anchor: Anchor | None) -> tuple[dt.date | None, str]:
    if anchor is None:
        return occasion.last_day, occasion.last_day_name
    found = anchors.find(anchor, occasion)
    return found.day, found.title


def _steps(*steps: str | None) -> tuple[str, ...]:
    return tuple(step for step in steps if step)
