"""従事者名簿: the vendor's people, in which roles, where, taught and pledged when; and who calls whom.

Which roles are responsible and which hand over media is read from their titles: 業務管理責任者, 作業責任者,
記録媒体の授受に携わる者 are the words of the specifications.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.documents.lessons import Lesson, lessons_of
from generator.documents.structure import Box, support_structure
from generator.model import Appointment, Contract, Person, Role
from generator.rules import events

RESPONSIBLE, HANDS_OVER, DEPUTY = "責任者", "授受", "代理"


def titled(role: Role, appointment: Appointment) -> str:
    """A role's title as held by someone: `業務管理責任者（代理）`; a title that says it already stays as it is."""
    return f"{role.title}（{DEPUTY}）" if appointment.deputy and DEPUTY not in role.title else role.title


@dataclass(frozen=True)
class Post:
    """A role that a person holds, will hold, or has held."""

    role: Role
    appointment: Appointment
    over: bool

    @property
    def title(self) -> str:
        """`業務管理責任者（代理）`."""
        return titled(self.role, self.appointment)

    @property
    def responsible(self) -> bool:
        """Whether the role answers for the work of others."""
        return RESPONSIBLE in self.role.title

    @property
    def hands_over(self) -> bool:
        """Whether the role hands over media."""
        return HANDS_OVER in f"{self.role.title}{self.role.duty or ''}"


@dataclass(frozen=True)
class Member:
    """A person of the vendor's side."""

    person: Person
    posts: tuple[Post, ...]
    workplaces: tuple[str, ...]
    """As the records of places of work say; a role may say it itself."""
    lessons: tuple[Lesson, ...]
    pledged: dt.date | None

    @property
    def details(self) -> dict[str, str]:
        """What is told of the person beside, by its title."""
        return {detail.title: detail.value for detail in self.person.details}

    @property
    def held(self) -> tuple[Post, ...]:
        """The roles that are not over."""
        return tuple(post for post in self.posts if not post.over)


@dataclass(frozen=True)
class Roster:
    """Whoever takes part, and whoever no longer does."""

    current: tuple[Member, ...] = ()
    former: tuple[Member, ...] = ()

    def detail_titles(self, contents: Sequence[str]) -> list[str]:
        """The titles of what is told of people beside, those that the specification lists first and in its order."""
        told = dict.fromkeys(d.title for member in (*self.current, *self.former) for d in member.person.details)
        return [*(title for title in contents if title in told), *(title for title in told if title not in contents)]


@dataclass(frozen=True)
class Call:
    """An arrow of the support structure: who calls whom."""

    order: int | None
    start: Box
    end: Box
    label: str | None


def roster(contract: Contract, as_of: dt.date) -> Roster:
    """The vendor's people on a day brought inside the contract, by role; who has yet to begin is one of them."""
    members = list(_members(contract, as_of))
    current = tuple(member for member in members if member.held)
    return Roster(current, tuple(member for member in members if not member.held))


def _members(contract: Contract, as_of: dt.date) -> Iterator[Member]:
    people = {person.id: person for person in contract.staff.people}
    posts: dict[str, list[Post]] = {}
    for post in _posts(contract, as_of):
        posts.setdefault(post.appointment.person, []).append(post)
    for name, held in posts.items():
        if name in people:
            yield Member(
                people[name],
                tuple(held),
                tuple(_workplaces(contract, name, _inside(contract, as_of))),
                tuple(lessons_of(contract, name, as_of)),
                pledged_on(contract, name, as_of),
            )


def _posts(contract: Contract, as_of: dt.date) -> Iterator[Post]:
    """The vendor's posts in the order of the roles, within a role by their beginning."""
    day, appointments = _inside(contract, as_of), sorted(contract.staff.appointments, key=lambda a: a.start)
    for role in contract.staff.roles:
        if role.side == "vendor":
            yield from (Post(role, a, (a.end or day) < day) for a in appointments if a.role == role.id)


def _inside(contract: Contract, day: dt.date) -> dt.date:
    return min(max(day, contract.head.period.start), contract.head.period.end)


def _workplaces(contract: Contract, person: str, day: dt.date) -> Iterator[str]:
    for entry in events.entries_of(contract, "workplaces"):
        used = entry.values["start"] <= day <= (entry.values.get("end") or day)
        if used and person in (entry.values.get("people") or ()):
            yield str(entry.values["title"])


def roles_of(contract: Contract, person: str, day: dt.date) -> str:
    """The titles of the roles a person holds on a day brought inside the contract: `業務従事者、受付窓口（代理）`."""
    inside, roles = _inside(contract, day), {role.id: role for role in contract.staff.roles}
    held = [a for a in contract.staff.appointments if a.person == person and a.start <= inside <= (a.end or inside)]
    return "、".join(titled(roles[a.role], a) for a in held if a.role in roles)


def pledged_on(contract: Contract, person: str, as_of: dt.date) -> dt.date | None:
    """The date of a person's last pledge by a day."""
    return max((p.date for p in contract.staff.pledges if p.person == person and p.date <= as_of), default=None)


def contact_order(contract: Contract, as_of: dt.date) -> list[Call]:
    """Who calls whom on a day, in the order of contact; what has no order comes last."""
    boxes = {box.role.id: box for _, found in support_structure(contract, as_of).sides for box in found}
    return sorted(_calls(contract, boxes), key=lambda call: (call.order is None, call.order or 0))


def _calls(contract: Contract, boxes: dict[str, Box]) -> Iterable[Call]:
    for line in contract.staff.contact_lines:
        if line.start in boxes and line.end in boxes:
            yield Call(line.order, boxes[line.start], boxes[line.end], line.label)
