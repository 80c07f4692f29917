"""What a manual inserts, in words: facts of the design, of the structure and of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.documents.design import in_words, sheets, thing
from generator.documents.filters import wareki
from generator.intake.insertions import Insertion
from generator.intake.schema import DESIGN, load_schemas
from generator.model import Chapter, Contract, Role

FIGURES = (
    "composition",
    "network",
    "connections",
    "dataflow",
    "entities",
    "screens",
    "interfaces",
    "jobs",
    "modules",
    "business_flows",
)
"""The drawings of the design that a manual may show."""

BLOCKS = ("table", "figure", "procedure")
"""What stands on a line of its own."""

_ROLE_FIELDS = ("phone", "hours", "outside_hours", "organisation", "duty")


def said(contract: Contract, name: str) -> str | None:
    """The text of a plain insertion such as `servers/db01.memory`; None where nothing of that name is there."""
    head, _, path = name.partition(".")
    kind, slash, of = head.partition("/")
    if not slash:
        return _of_contract(contract, name)
    if kind in ("roles", "people"):
        return _of_role(contract, kind, of, path)
    if kind == "levels":
        return next((f"{s.title}　{s.target}" for s in contract.head.service_levels if s.id == of), None)
    found = thing(contract, kind, of)
    if found is None:
        return None
    return str(found["title"]) if not path else _field(contract, kind, found, path.split("."))


def known(contract: Contract) -> Iterator[str]:
    """Every name that can be inserted, without fields: for hints."""
    yield from ("contract.title", "authority.name", "vendor.name")
    yield from (f"{kind}/{one['id']}" for kind, found in sheets(contract).items() for one in found)
    yield from (f"{word}/{role.id}" for role in contract.staff.roles for word in ("roles", "people"))
    yield from (f"levels/{level.id}" for level in contract.head.service_levels)


def wrong(contract: Contract, chapter: Chapter, insertion: Insertion) -> str | None:
    """What is wrong with an insertion; None where it says something."""
    name = insertion.name
    if insertion.word == "procedure":
        there = [one["id"] for one in chapter.values.get("procedures") or ()]
        return None if name in there else f"この章の procedures に「{name}」がありません"
    if insertion.word == "chapter":
        there = [one.id for one in contract.manuals if one.manual == chapter.manual]
        return None if name in there else f"マニュアル {chapter.manual} に章「{name}」がありません"
    if insertion.word == "figure":
        return None if name in FIGURES else f"図「{name}」はありません。あるのは: {'、'.join(FIGURES)}"
    if insertion.word == "table":
        return _wrong_table(insertion)
    if insertion.word:
        return f"「{insertion.word}」という差し込みはありません。table・figure・procedure・chapter のどれかです"
    return None if said(contract, name) is not None else f"差し込む「{name}」がデータにありません"


def _wrong_table(insertion: Insertion) -> str | None:
    schema = load_schemas().by_kind.get(DESIGN + insertion.name)
    if schema is None or insertion.name not in schema.fields:
        return f"設計に「{insertion.name}」という種類はありません"
    fields = schema.keys_at((insertion.name, 0))
    unknown = [field for field in insertion.columns if field not in fields]
    if unknown or not insertion.columns:
        return f"表の列「{'、'.join(unknown)}」がありません。あるのは: {'、'.join(fields)}"
    return None


def _of_contract(contract: Contract, name: str) -> str | None:
    values = {
        "contract.title": contract.head.title,
        "contract.number": contract.head.number,
        "contract.start": wareki(contract.head.period.start),
        "contract.end": wareki(contract.head.period.end),
        "authority.name": contract.authority.name,
        "vendor.name": contract.vendor.name,
    }
    return values.get(name)


def _of_role(contract: Contract, kind: str, name: str, path: str) -> str | None:
    role = next((role for role in contract.staff.roles if role.id == name), None)
    if role is None:
        return None
    if kind == "people":
        return None if path else "、".join(_holders(contract, role)) or "―"
    if not path:
        return role.title
    return str(getattr(role, path) or "―") if path in _ROLE_FIELDS else None


def _holders(contract: Contract, role: Role) -> Iterator[str]:
    """Who holds a role and has not left it: the contract is as of its day."""
    names = {person.id: person.name for person in contract.staff.people}
    for appointment in contract.staff.appointments:
        if appointment.role == role.id and appointment.end is None:
            yield names.get(appointment.person, "") + ("（代理）" if appointment.deputy else "")


def _field(contract: Contract, kind: str, value: Any, path: list[str]) -> str | None:
    """A field of a thing, or that field of every row of a list in it; None where the kind has no such field."""
    steps = _steps(kind, path)
    if steps is None:
        return None
    return "、".join(in_words(contract, kind, steps, one) for one in _values(value, path)) or "―"


def _steps(kind: str, path: list[str]) -> str | None:
    """The path of a field by its schema, with `*` for the rows of a list on the way; None where there is none."""
    schema, steps = load_schemas().by_kind[DESIGN + kind], [kind, "*"]
    for part in path:
        if schema.rule_at(steps).get("type") == "list":
            steps.append("*")
        steps.append(part)
    return ".".join(steps[2:]) if schema.rule_at(steps) else None


def _values(value: Any, path: list[str]) -> list[Any]:
    if not path:
        return [] if value in (None, "", []) else [value]
    if isinstance(value, list):
        return [one for row in value for one in _values(row, path)]
    return _values(value.get(path[0]), path[1:]) if isinstance(value, Mapping) else []
