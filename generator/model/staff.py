"""People, roles and the support structure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail(Record):
    """What a specification wants to know of each person beside: 資格, 経験年数."""

    title: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """従事者, or a contact on the authority's side."""

    id: str
    name: str
    organisation: str | None = None
    department: str | None = None
    title: str | None = None
    phone: str | None = None
    email: str | None = None
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Record):
    """A role of the support structure."""

    id: str
    title: str
    side: str
    duty: str | None = None
    organisation: str | None = None
    phone: str | None = None
    hours: str | None = None
    outside_hours: str | None = None
    workplace: str | None = None
    information: str | None = None
    access: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Record):
    """A person in a role, from a day, to a day."""

    person: str
    role: str
    start: dt.date
    end: dt.date | None = None
    deputy: bool = False
    consented: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine(Record):
    """An arrow of the support structure: who calls whom, in which order."""

    start: str
    end: str
    order: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge(Record):
    """誓約書 taken from a person."""

    person: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record):
    """教育・訓練 a person took part in."""

    person: str
    date: dt.date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Record):
    """staff.yml."""

    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    contact_lines: tuple[ContactLine, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    training: tuple[Training, ...] = ()
    first_response: str | None = None
