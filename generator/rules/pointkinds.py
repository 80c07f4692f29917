"""The kinds of days `on` can name, each of which finds its day on an occasion. `points` reads them from words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from generator.intake.eras import WEEKDAYS as KANJI
from generator.intake.eras import wareki_month
from generator.rules import anchors
from generator.rules.anchors import Anchor
from generator.rules.daywords import DayWord, Nth
from generator.rules.fiscal import fiscal_year_name, fiscal_year_of
from generator.rules.occasions import Occasion, Resolved, said
from generator.rules.opendays import OpenDays

MONTHS = {
    "this month": (0, "当月"),
    "next month": (1, "翌月"),
    "month after next": (2, "翌々月"),
    "previous month": (-1, "前月"),
}
YEARS = {"this": 0, "next": 1, "previous": -1}
WEEKS = {"this week": (0, "その週"), "next week": (1, "翌週"), "previous week": (-1, "前の週")}

_WEEK = dt.timedelta(weeks=1)


class Point(Protocol):
    """A day as written."""

    @property
    def needs(self) -> str | None:
        """`period` or `event` where the point has a meaning only for such rules."""

    def resolve(self, occasion: Occasion, days: OpenDays) -> Resolved:
        """The day on an occasion; raises BadWords."""


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A day that is written out."""

    day: dt.date
    note: str | None = None
    needs: str | None = None

    def resolve(self, occasion: Occasion, days: OpenDays) -> Resolved:
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

    def resolve(self, occasion: Occasion, days: OpenDays) -> Resolved:
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

    def resolve(self, occasion: Occasion, days: OpenDays) -> Resolved:
        """The day in that month."""
        day, title = _base(occasion, self.anchor)
        if day is None:
            return Resolved(waits=title)
        due, note = self.word.day_in(*_month(day, self.month))
        step = f"{title}は{said(day)}で、その{MONTHS[self.month][1]}の{self.word.title}は{said(due)}です。"
        steps = _steps(step, self.word.note, note)
        return Resolved(day=due, steps=steps, before_start=_before_start(occasion, due))


@dataclass(frozen=True, slots=True)
class NthInMonth:
    """The second Monday, or the fifth open day, of such a month."""

    nth: Nth
    month: str
    anchor: Anchor | None = None

    @property
    def needs(self) -> str | None:
        """What the anchor needs."""
        return self.anchor.needs if self.anchor else None

    def resolve(self, occasion: Occasion, days: OpenDays) -> Resolved:
        """The day in that month; none in a month that has no such day."""
        day, title = _base(occasion, self.anchor)
        if day is None:
            return Resolved(waits=title)
        year, month = _month(day, self.month)
        due = self.nth.day_in(year, month, days)
        name = MONTHS[self.month][1]
        if due is None:
            missing = f"{wareki_month(dt.date(year, month, 1))}に{self.nth.title(days)}はありません"
            return Resolved(no_such_day=True) if occasion.span else Resolved(broken=missing)
        step = f"{title}は{said(day)}で、その{name}の{self.nth.title(days)}は{said(due)}です。"
        return Resolved(
            day=due,
            steps=(step,),
            before_start=_before_start(occasion, due),
            provisional=self.nth.weekday is None and days.provisional_between(due.replace(day=1), due),
        )


@dataclass(frozen=True, slots=True)
class InYear:
    """A day of a named month: the one inside the period, or in a fiscal year counted from the period's."""

    word: DayWord
    month: int
    fiscal: str | None = None
    needs: str | None = None

    def resolve(self, occasion: Occasion, days: OpenDays) -> Resolved:
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
        span, first = occasion.span, occasion.span.whole if occasion.span else None
        start = first.start if first else occasion.contract.head.period.start if occasion.event is None else last
        end = first.end if first else last
        due, note = self._in(start.year)
        if due < start:
            due, note = self._in(start.year + 1)
        if due > end:
            place = f"{occasion.last_day_name}より後の最初"
        else:  # a period that the contract cuts short may not hold the day, though the whole one does
            place = span.name if span and due > span.end else "期間の中"
        steps = _steps(f"{place}の{name}は{said(due)}です。", self.word.note, note)
        return Resolved(day=due, steps=steps, before_start=_before_start(occasion, due))

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

    def resolve(self, occasion: Occasion, days: OpenDays) -> Resolved:
        """The day in that week."""
        day, title = _base(occasion, self.anchor)
        if day is None:
            return Resolved(waits=title)
        shift, name = WEEKS[self.week]
        due = day + dt.timedelta(days=self.weekday - day.weekday()) + shift * _WEEK
        step = f"{title}は{said(day)}で、{name}の{KANJI[self.weekday]}曜日は{said(due)}です。"
        return Resolved(day=due, steps=(step,), before_start=_before_start(occasion, due))


def _month(day: dt.date, words: str) -> tuple[int, int]:
    year, index = divmod(day.year * 12 + day.month - 1 + MONTHS[words][0], 12)
    return year, index + 1


def _before_start(occasion: Occasion, due: dt.date) -> bool:
    """Whether a date lies in the part of its period that the contract's start has cut off."""
    span = occasion.span
    return span is not None and span.whole.start <= due < span.start


def _base(occasion: Occasion, anchor: Anchor | None) -> tuple[dt.date | None, str]:
    if anchor is None:
        return occasion.last_day, occasion.last_day_name
    found = anchors.find(anchor, occasion)
    return found.day, found.title


def _steps(*steps: str | None) -> tuple[str, ...]:
    return tuple(step for step in steps if step)
