"""How one line of a calendar closes a day: weekdays, the holidays by law, a yearly range, some days. Pure.

Each way says why a day is closed by it, or None. What a holiday is, is given: the law's, or only those of them that
the gazette has announced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from generator.intake.eras import WEEKDAYS
from generator.model import ClosedDays
from generator.rules.fiscal import month_end

Holidays = Callable[[dt.date], str | None]
"""The name of a holiday, or None on any other day."""

LAST = "最終"
"""`nth` counted from the month's end."""

NEXT_DAY = "next_day"
"""`on_holiday` where another day is closed in the place of the holiday."""

_DAY = dt.timedelta(days=1)


def reason(rule: ClosedDays, day: dt.date, holiday: Holidays, closed: str) -> str | None:
    """Why a line closes a day, in Japanese; `closed` is what a closed day is called where it has no name of its own."""
    return next((why for way in WAYS if (why := way(rule, day, holiday, closed))), None)


def _weekday(rule: ClosedDays, day: dt.date, holiday: Holidays, closed: str) -> str | None:
    name = _named(rule, day)
    if name is None or (rule.on_holiday and holiday(day)):
        return None
    return f"{name}・{rule.name}" if rule.nth and rule.name else name


def _instead(rule: ClosedDays, day: dt.date, holiday: Holidays, closed: str) -> str | None:
    """The first day that is no holiday, after a weekday that was open because it is one."""
    if rule.on_holiday != NEXT_DAY or holiday(day):
        return None
    while day > dt.date.min and holiday(day - _DAY):
        day -= _DAY
        if name := _named(rule, day):
            return f"{_said(f'{day:%m-%d}')}（{name}）が休日に当たるための代わりの{closed}"
    return None


def _named(rule: ClosedDays, day: dt.date) -> str | None:
    """`月曜日`, `第3木曜日`: the weekday by which the line is for a day."""
    weekday = WEEKDAYS[day.weekday()]
    if weekday not in rule.weekdays:
        return None
    if not rule.nth:
        return f"{weekday}曜日"
    count = next((word for word in (f"第{(day.day + 6) // 7}", *_last(day)) if word in rule.nth), None)
    return f"{count}{weekday}曜日" if count else None


def _last(day: dt.date) -> tuple[str, ...]:
    return (LAST,) if day.day + 7 > month_end(day.year, day.month).day else ()


def _holiday(rule: ClosedDays, day: dt.date, holiday: Holidays, closed: str) -> str | None:
    return holiday(day) if rule.holidays else None


def _yearly(rule: ClosedDays, day: dt.date, holiday: Holidays, closed: str) -> str | None:
    if rule.start is None or rule.end is None:
        return None
    here = f"{day:%m-%d}"
    wraps = rule.start > rule.end
    inside = here >= rule.start or here <= rule.end if wraps else rule.start <= here <= rule.end
    return f"{rule.name or f'毎年の{closed}'}・{_said(rule.start)}から{_said(rule.end)}まで" if inside else None


def _some_days(rule: ClosedDays, day: dt.date, holiday: Holidays, closed: str) -> str | None:
    if rule.date is None or not rule.date <= day <= (rule.until or rule.date):
        return None
    return rule.name or closed


def _said(monthday: str) -> str:
    month, day = monthday.split("-")
    return f"{int(month)}月{int(day)}日"


WAYS: tuple[Callable[[ClosedDays, dt.date, Holidays, str], str | None], ...] = (
    _weekday,
    _instead,
    _holiday,
    _yearly,
    _some_days,
)
"""The ways a line can close a day; a new one is a function and its name here."""
