"""Open and closed days of an authority by its calendars, each closed day with its ground. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from generator.model import Calendar, Contract
from generator.rules.closeddays import Holidays, reason
from generator.rules.holidays import holidays_of, unannounced

BOUND = 366
"""Days after which the search for an open day is given up: a calendar that never opens."""

_DAY = dt.timedelta(days=1)


class OpenDays:
    """The open days of one calendar. Answers are remembered per day; the calendar never changes."""

    def __init__(self, calendar: Calendar) -> None:
        self._closed = calendar.closed
        self._opened = frozenset(opened.date for opened in calendar.opened)
        self._why: dict[dt.date, str | None] = {}
        self.open_name = calendar.name
        """`開庁日`, `開館日`: what the calendar's people call an open day."""
        self.closed_name = calendar.closed_name
        """`閉庁日`, `休館日`."""

    def is_open(self, day: dt.date) -> bool:
        """Whether there is work on a day."""
        return self.why_closed(day) is None

    def why_closed(self, day: dt.date) -> str | None:
        """Why a day is closed, in Japanese with every ground; None on an open day."""
        if day not in self._why:
            self._why[day] = self._reasons(day, _by_law)
        return self._why[day]

    def next_open(self, day: dt.date) -> dt.date | None:
        """The first open day strictly after a day; None when there is none within a year."""
        return self._nearest(day, _DAY)

    def previous_open(self, day: dt.date) -> dt.date | None:
        """The last open day strictly before a day; None when there is none within a year."""
        return self._nearest(day, -_DAY)

    def counted(self, day: dt.date, count: int) -> dt.date | None:
        """The `count`-th open day strictly after a day, or before it when `count` is negative."""
        found: dt.date | None = day
        for _ in range(abs(count)):
            if found is not None:
                found = self.next_open(found) if count > 0 else self.previous_open(found)
        return found

    def provisional(self, day: dt.date) -> bool:
        """Whether the answer rests only on an equinox that the gazette has not announced yet."""
        return day in _touched(day.year) and self.is_open(day) is not (self._reasons(day, _announced) is None)

    def provisional_between(self, first: dt.date, last: dt.date) -> bool:
        """Whether any day of a range is provisional."""
        return any(
            first <= day <= last and self.provisional(day)
            for year in range(first.year, last.year + 1)
            for day in _touched(year)
        )

    def _reasons(self, day: dt.date, holiday: Holidays) -> str | None:
        if day in self._opened:
            return None
        why = ((rule, reason(rule, day, holiday, self.closed_name)) for rule in self._closed)
        return "、".join(f"{said}（根拠: {rule.ground}）" for rule, said in why if said) or None

    def _nearest(self, day: dt.date, step: dt.timedelta) -> dt.date | None:
        for _ in range(BOUND):
            if day in (dt.date.min, dt.date.max):
                return None
            day += step
            if self.is_open(day):
                return day
        return None


class Almanac:
    """The calendars of a contract: the authority's own, and others by name."""

    def __init__(self, contract: Contract) -> None:
        self._known = {calendar.id: calendar for calendar in contract.authority.calendars}
        self._own = contract.authority.calendar
        self._made: dict[str | None, OpenDays] = {}
        self._work = contract.head.calendar

    def days(self, name: str | None = None) -> OpenDays:
        """The open days of a calendar; of the authority's own without a name, or with one that nothing has."""
        key = name if name in self._known else None
        if key not in self._made:
            self._made[key] = OpenDays(self._known[key] if key else self._own)
        return self._made[key]

    @property
    def work(self) -> OpenDays:
        """The days on which the work of the contract is done."""
        return self.days(self._work)


def _by_law(day: dt.date) -> str | None:
    return holidays_of(day.year).get(day)


def _announced(day: dt.date) -> str | None:
    return None if day in unannounced(day.year) else _by_law(day)


@cache
def _touched(year: int) -> frozenset[dt.date]:
    """The days of a year that can be open or closed because of an equinox not yet announced."""
    return frozenset(day for holiday in unannounced(year) for day in _with_next(holiday))


def _with_next(holiday: dt.date) -> Iterator[dt.date]:
    """A holiday, and the day that may be closed in its place."""
    yield holiday
    while _by_law(holiday):
        holiday += _DAY
    yield holiday
