"""Contracts made of records in memory, for tests of what is computed from records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model import (
    Appointment,
    Authority,
    Contract,
    ContractHead,
    Entry,
    Period,
    Person,
    Role,
    ServiceLevel,
    Staff,
    Task,
    Vendor,
)

YEAR = Period(start=dt.date(2026, 4, 1), end=dt.date(2027, 3, 31))
APRIL = Period(start=dt.date(2026, 4, 1), end=dt.date(2026, 4, 30))
MAY = Period(start=dt.date(2026, 5, 1), end=dt.date(2026, 5, 31))
AS_OF = dt.date(2026, 11, 20)

START = ServiceLevel(id="start", title="着手", target="連絡時から2時間以内", within_hours=2)


def entry(kind: str, name: str = "2026-001", /, **values: Any) -> Entry:
    """A record."""
    return Entry(kind=kind, id=name, values=values)


def register(kind: str, *rows: Mapping[str, Any], name: str = "2026-04") -> Entry:
    """A file of a register."""
    return Entry(kind=kind, id=name, values={"items": [dict(row) for row in rows]})


def contract(*entries: Entry, tasks: Sequence[Task] = (), levels: Sequence[ServiceLevel] = ()) -> Contract:
    """A contract of a fiscal year with two people."""
    people = (Person(id="p1", name="見本 太郎"), Person(id="p2", name="例示 花子"))
    held = tuple(Appointment(person=person.id, role="worker", start=YEAR.start) for person in people)
    return Contract(
        id="mihon",
        head=ContractHead(
            title="見本業務委託", period=YEAR, authority="shi", vendor="sha", service_levels=tuple(levels)
        ),
        authority=Authority(id="shi", name="見本市", addressee="見本市長　様"),
        vendor=Vendor(id="sha", name="見本社"),
        staff=Staff(people=people, roles=(Role(id="worker", title="従事者", side="vendor"),), appointments=held),
        tasks=tuple(tasks),
        entries=tuple(entries),
    )


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment of the fiscal year."""
    return dt.datetime(2026 if month > 3 else 2027, month, day, hour, minute)


def on(month: int, day: int) -> dt.date:
    """A day of the fiscal year."""
    return at(month, day).date()
