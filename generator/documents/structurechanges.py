"""体制の変更の通知: who held which role on the day before a change and on its day, and what became of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.documents.roster import titled
from generator.model import Appointment, Contract, Person, Role

Holders = tuple[tuple[Person, Appointment], ...]


@dataclass(frozen=True)
class RoleChange:
    """A role whose holders are others than before."""

    role: Role
    before: Holders
    after: Holders


@dataclass(frozen=True)
class PersonChange:
    """A person whose roles are others than before."""

    person: Person
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def word(self) -> str:
        """What became of the person."""
        if not self.before:
            return "新たに加わった"
        return "役割が変わった" if self.after else "離れた"


@dataclass(frozen=True)
class StructureChange:
    """What differs between two days that follow each other."""

    before: dt.date
    after: dt.date
    roles: tuple[RoleChange, ...]
    people: tuple[PersonChange, ...]


def structure_change(
    contract: Contract, day: dt.date, roles: Collection[str] = (), people: Collection[str] = ()
) -> StructureChange:
    """The roles and people of the vendor's structure that are others than on the day before.

    Where roles or people are named, by id, only what concerns them.
    """
    eve = day - dt.timedelta(days=1)
    changed = tuple(_role_changes(contract, eve, day))
    roles_told = tuple(change for change in changed if _concerns(change, roles, people))
    people_told = _person_changes(contract, roles_told, eve, day)
    return StructureChange(eve, day, roles_told, tuple(p for p in people_told if not people or p.person.id in people))


def _concerns(change: RoleChange, roles: Collection[str], people: Collection[str]) -> bool:
    """Whether a change is of one of these roles and of one of these people, where any are named."""
    moved = {name for name, _ in _who(change.before) ^ _who(change.after)}
    return (not roles or change.role.id in roles) and (not people or not moved.isdisjoint(people))


def _role_changes(contract: Contract, eve: dt.date, day: dt.date) -> Iterator[RoleChange]:
    for role in contract.staff.roles:
        before, after = (_holders(contract, role, when) for when in (eve, day))
        if role.side != "authority" and _who(before) != _who(after):
            yield RoleChange(role, before, after)


def _holders(contract: Contract, role: Role, day: dt.date) -> Holders:
    people = {person.id: person for person in contract.staff.people}
    held = (a for a in contract.staff.appointments if a.role == role.id and a.start <= day <= (a.end or day))
    return tuple((people[a.person], a) for a in held if a.person in people)


def _who(holders: Holders) -> set[tuple[str, bool]]:
    """People by id: a new number or name is no change of the structure, a deputy who takes over is one."""
    return {(person.id, appointment.deputy) for person, appointment in holders}


def _person_changes(
    contract: Contract, roles: tuple[RoleChange, ...], eve: dt.date, day: dt.date
) -> Iterator[PersonChange]:
    touched = {person.id for change in roles for person, _ in (*change.before, *change.after)}
    before, after = (_titles(contract, when) for when in (eve, day))
    for person in contract.staff.people:
        had, has = before.get(person.id, ()), after.get(person.id, ())
        if person.id in touched and set(had) != set(has):
            yield PersonChange(person, had, has)


def _titles(contract: Contract, day: dt.date) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for role in contract.staff.roles:
        for person, appointment in _holders(contract, role, day) if role.side != "authority" else ():
            found[person.id] = (*found.get(person.id, ()), titled(role, appointment))
    return found
