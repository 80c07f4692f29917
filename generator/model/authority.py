"""発注者 with its departments and the calendars of its closed days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays(Record):
    """One rule of a calendar: weekdays, the holidays by law, a yearly range, or a day or some days in a row."""

    weekdays: tuple[str, ...] = ()
    nth: tuple[str, ...] = ()
    """Which of the month's weekdays, as `第3`; all of them where nothing is said."""
    on_holiday: str | None = None
    """What becomes of a weekday that is a holiday: `open`, or `next_day` where another day is closed instead."""
    holidays: str | None = None
    start: str | None = None
    end: str | None = None
    date: dt.date | None = None
    until: dt.date | None = None
    name: str | None = None
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDay(Record):
    """A day that is open although a rule of the calendar closes it."""

    date: dt.date
    name: str | None = None
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Record):
    """Closed days, under the words its people use for them: 開庁日 and 閉庁日, 開館日 and 休館日."""

    id: str = ""
    """What contracts and rules call it by; empty for the authority's own."""
    name: str = "開庁日"
    closed_name: str = "閉庁日"
    closed: tuple[ClosedDays, ...] = ()
    opened: tuple[OpenedDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Record):
    """A department of the authority."""

    id: str
    name: str
    address: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Record):
    """発注者."""

    id: str
    name: str
    addressee: str
    departments: tuple[Department, ...] = ()
    calendar: Calendar = Calendar()
    """Of its office."""
    calendars: tuple[Calendar, ...] = ()
    """Of other places it has, such as a library."""
