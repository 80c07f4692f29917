"""サポート体制図: the roles of a contract by side, and who holds them on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model import Appointment, Contract, Person, Role


@dataclass(frozen=True)
class Box:
    """A role of the structure with whoever holds it."""

    role: Role
    people: tuple[tuple[Person, Appointment], ...] = ()


@dataclass(frozen=True)
class SupportStructure:
    """The boxes by side, on a day."""

    on: dt.date
    sides: tuple[tuple[str, tuple[Box, ...]], ...]


SIDES = {"authority": "発注者", "vendor": "受注者", "other": "関係事業者"}


def support_structure(contract: Contract, on: dt.date) -> SupportStructure:
    """Roles and the people appointed to them on a day, brought inside the contract's period."""
    day = min(max(on, contract.head.period.start), contract.head.period.end)
    people = {person.id: person for person in contract.staff.people}
    holders: dict[str, list[tuple[Person, Appointment]]] = {}
    for appointment in contract.staff.appointments:
        if appointment.start <= day <= (appointment.end or day) and appointment.person in people:
            holders.setdefault(appointment.role, []).append((people[appointment.person], appointment))
    boxes = [Box(role, tuple(holders.get(role.id, ()))) for role in contract.staff.roles]
    sides = tuple((side, tuple(box for box in boxes if box.role.side == side)) for side in SIDES)
    return SupportStructure(day, tuple((side, found) for side, found in sides if found))


def contact_numbers(box: Box) -> tuple[tuple[str, str], ...]:
    """Each telephone number of a role once, with the person's name where it is the own number of one of several."""
    found = {box.role.phone: ""} if box.role.phone else {}
    for person, _ in box.people:
        if person.phone:
            found.setdefault(person.phone, person.name if len(box.people) > 1 else "")
    return tuple(found.items())
