"""What may be answered where a field names something: the people of the roster, tasks, deliverables, other records …"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.intake.drafting import allowed_of, label_of
from generator.intake.schema import Rules
from generator.model import Contract, Portfolio


@dataclass(frozen=True)
class Choice:
    """One of the values that may be answered, and what it stands for."""

    value: str
    said: str = ""


def offered(rule: Rules, portfolio: Portfolio, contract: Contract | None, day: dt.date | None) -> list[Choice]:
    """The values to choose from; empty where any text will do. `day` is that of the record, if it is known."""
    if allowed := allowed_of(rule):
        return [Choice(value, label_of(rule, value)) for value in allowed]
    kind = reference_of(rule)
    if kind in _SHARED:
        return [Choice(name, said) for name, said in sorted(_SHARED[kind](portfolio))]
    if contract is None:
        return []
    if kind == "staff":
        return roster(contract, day)
    if kind.startswith("record:"):
        entries = (entry for entry in contract.entries if entry.kind == kind.removeprefix("record:"))
        return sorted((Choice(e.id, str(e.values.get("title", ""))) for e in entries), key=lambda choice: choice.value)
    if kind.startswith("design:"):
        sheets = (sheet for sheet in contract.design if sheet.kind == kind.removeprefix("design:"))
        return [Choice(str(thing["id"]), str(thing["title"])) for sheet in sheets for thing in sheet.things]
    return list(_OWN[kind](contract)) if kind in _OWN else []


def reference_of(rule: Rules) -> str:
    """What a field, or an item of a list, names: `staff`, `record:incidents`; empty where it names nothing."""
    inner = rule.get("schema")
    return str(rule.get("reference") or (inner.get("reference") if isinstance(inner, dict) else None) or "")


def roster(contract: Contract, day: dt.date | None) -> list[Choice]:
    """Who is in the structure on a day, with their roles; everybody where the day is not known, or nobody is."""
    roles: dict[str, list[str]] = {}
    titles = {role.id: role.title for role in contract.staff.roles}
    for held in contract.staff.appointments:
        if day is None or held.start <= day <= (held.end or dt.date.max):
            deputy = "代理" if held.deputy else ""
            roles.setdefault(held.person, []).append(titles.get(held.role, held.role) + deputy)
    there = [person for person in contract.staff.people if not roles or person.id in roles]
    return [Choice(person.id, _described(person.name, roles.get(person.id, ()))) for person in there]


def _described(name: str, roles: Iterable[str]) -> str:
    held = "、".join(dict.fromkeys(roles))
    return f"{name}（{held}）" if held else name


_SHARED: Mapping[str, Callable[[Portfolio], Iterable[tuple[str, str]]]] = {
    "authority": lambda portfolio: ((name, one.name) for name, one in portfolio.authorities.items()),
    "vendor": lambda portfolio: ((name, one.name) for name, one in portfolio.vendors.items()),
    "terms": lambda portfolio: ((name, one.title) for name, one in portfolio.terms.items()),
}
"""What belongs to no contract, by the kind of reference."""

_OWN: Mapping[str, Callable[[Contract], Iterable[Choice]]] = {
    "person": lambda contract: roster(contract, None),
    "role": lambda contract: (Choice(role.id, role.title) for role in contract.staff.roles),
    "task": lambda contract: (Choice(task.id, task.title) for task in contract.tasks),
    "deliverable": lambda contract: (Choice(one.no, one.title) for one in contract.deliverables),
    "level": lambda contract: (
        Choice(one.id, one.title) for one in contract.head.service_levels if one.at_least or one.at_most
    ),
}
"""What belongs to the contract, by the kind of reference."""
