"""発注者 with its departments and the calendar of its closed days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays(Record):
    """One rule of a calendar: weekdays, the holidays by law, a yearly range, or a single day."""

    weekdays: tuple[str, ...] = ()
    holidays: str | None = None
    start: str | None = None
    end: str | None = None
    date: dt.date | None = None
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
    """The closed days (閉庁日) of an authority."""

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
