"""まもなく切れるもの: certifications of the vendor and roles whose appointment ends without a successor.

Training and pledges have no end: that they are there by the first day of a role, `rules.staffing` checks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Appointment, Certification, Contract
from generator.rules.approvals import name_of
from generator.rules.staffing import holders

SOON = dt.timedelta(days=90)
"""How long before its last day something is about to lapse."""

LAPSED, LAPSING = "期限切れ", "まもなく"
CERTIFICATION, ROLE = "certification", "role"

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Lapse:
    """Something that ends while the contract goes on."""

    subject: str
    """CERTIFICATION or ROLE."""
    title: str
    whose: str
    last: dt.date
    """The last day on which it holds."""
    state: str
    """期限切れ or まもなく."""


def lapses(contract: Contract, as_of: dt.date) -> list[Lapse]:
    """What has lapsed or is about to, by its last day; of a contract that has ended, nothing."""
    if contract.head.period.end < as_of:
        return []
    found = [*_certifications(contract, as_of), *_roles(contract, as_of)]
    return sorted(found, key=lambda lapse: (lapse.last, lapse.subject, lapse.title))


def next_certification(contract: Contract, as_of: dt.date) -> Lapse | None:
    """The certification that lapses first of those that hold on a day; of a contract that has ended, none."""
    if contract.head.period.end < as_of:
        return None
    held = (lapse for lapse in _held(contract, as_of) if lapse.last >= as_of)
    return min(held, key=lambda lapse: (lapse.last, lapse.title), default=None)


def _certifications(contract: Contract, as_of: dt.date) -> Iterator[Lapse]:
    return (lapse for lapse in _held(contract, as_of) if lapse.last <= as_of + SOON)


def _held(contract: Contract, as_of: dt.date) -> Iterator[Lapse]:
    """A certification that was renewed stands there again, with a later day."""
    last: dict[str, Certification] = {}
    for held in sorted(contract.vendor.certifications, key=lambda c: c.expires or dt.date.max):
        last[held.name] = held
    for held in last.values():
        if held.expires:
            yield Lapse(CERTIFICATION, held.name, contract.vendor.name, held.expires, _state(held.expires, as_of))


def _roles(contract: Contract, as_of: dt.date) -> Iterator[Lapse]:
    for role in contract.staff.roles:
        appointment = _left(contract, role.id, as_of) if role.side == "vendor" else None
        if appointment and appointment.end:
            name = name_of(contract, appointment.person)
            yield Lapse(ROLE, role.title, name, appointment.end, _state(appointment.end, as_of))


def _left(contract: Contract, role: str, as_of: dt.date) -> Appointment | None:
    """The last appointment to a role before the first day, today or soon, on which nobody holds it."""
    until = min(as_of + SOON, contract.head.period.end - _DAY)
    mine = [a for a in contract.staff.appointments if a.role == role and not a.deputy and a.end and a.end <= until]
    gaps = [(_after(a, as_of), a) for a in mine if not holders(contract, role, _after(a, as_of))]
    return min(gaps, key=lambda gap: (gap[0], -(gap[1].end or as_of).toordinal()))[1] if gaps else None


def _after(appointment: Appointment, as_of: dt.date) -> dt.date:
    """The first day without it that counts: not one that has passed."""
    return max((appointment.end or dt.date.max - _DAY) + _DAY, as_of)


def _state(last: dt.date, as_of: dt.date) -> str:
    return LAPSED if last < as_of else LAPSING
