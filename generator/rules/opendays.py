"""開庁日 and 閉庁日 of an authority, each closed day with its ground. Pure: the calendar is all it knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from generator.intake.eras import WEEKDAYS
from generator.model import Calendar, ClosedDays
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

    def is_open(self, day: dt.date) -> bool:
        """Whether the authority works on a day."""
        return self.why_closed(day) is None

    def why_closed(self, day: dt.date) -> str | None:
        """Why the authority is closed, in Japanese with every ground; None on an open day."""
        if day not in self._why:
            self._why[day] = self._reasons(day)
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
        if day in self._opened or day not in unannounced(day.year):
            return False
        matching = [rule for rule in self._closed if _reason(rule, day)]
        return bool(matching) and all(rule.holidays for rule in matching)

    def provisional_between(self, first: dt.date, last: dt.date) -> bool:
        """Whether any day of a range is provisional."""
        return any(
            first <= day <= last and self.provisional(day)
            for year in range(first.year, last.year + 1)
            for day in unannounced(year)
        )

    def _reasons(self, day: dt.date) -> str | None:
        if day in self._opened:
            return None
        found = [f"{reason}（根拠: {rule.ground}）" for rule in self._closed if (reason := _reason(rule, day))]
        return "、".join(found) or None

    def _nearest(self, day: dt.date, step: dt.timedelta) -> dt.date | None:
        for _ in range(BOUND):
            if day in (dt.date.min, dt.date.max):
                return None
            day += step
            if self.is_open(day):
                return day
        return None


def _reason(rule: ClosedDays, day: dt.date) -> str | None:
    return next((reason for match in RULES if (reason := match(rule, day))), None)


def _weekday(rule: ClosedDays, day: dt.date) -> str | None:
    name = WEEKDAYS[day.weekday()]
    return f"{name}曜日" if name in rule.weekdays else None


def _holiday(rule: ClosedDays, day: dt.date) -> str | None:
    return holidays_of(day.year).get(day) if rule.holidays else None


def _yearly(rule: ClosedDays, day: dt.date) -> str | None:
    if rule.start is None or rule.end is None:
        return None
    here = f"{day.month:02}-{day.day:02}"
    wraps = rule.start > rule.end
    inside = here >= rule.start or here <= rule.end if wraps else rule.start <= here <= rule.end
    return f"{rule.name or '毎年の閉庁日'}・{_said(rule.start)}から{_said(rule.end)}まで" if inside else None


def _single(rule: ClosedDays, day: dt.date) -> str | None:
    return (rule.name or "閉庁日") if rule.date == day else None


def _said(monthday: str) -> str:
    month, day = monthday.split("-")
    return f"{int(month)}月{int(day)}日"


RULES: tuple[Callable[[ClosedDays, dt.date], str | None], ...] = (_weekday, _holiday, _yearly, _single)
"""The kinds of calendar rules; each says why a day is closed by it, or None."""
