"""What records, designs and manuals name, as their schemas say: people, tasks, other records, things of the design …"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from generator.intake import references
from generator.intake.checkcontext import Context
from generator.intake.schema import DESIGN, MANUALS, RECORDS, kept_by_schemas, load_schemas
from generator.model import Chapter, Contract, Entry, Sheet
from generator.problems import Problem

Path = tuple[str | int, ...]
CLAUSE = "clause"
"""The kind of what a `ground` names."""


class Named(NamedTuple):
    """A name in a record: what kind of thing it names, and where it was written."""

    kind: str
    path: Path
    name: str


Told = Entry | Sheet | Chapter
"""What can name things, as its schema says."""


def told_by(contract: Contract) -> tuple[Told, ...]:
    """The records, the design and the manuals of a contract."""
    return (*contract.entries, *contract.design, *contract.manuals)


def names_in(told: Told) -> Iterator[Named]:
    """Every name in a record, a sheet of the design or a chapter; nothing for a kind without a schema."""
    for steps, kind in _references(kind_of(told)):
        for path, value in _values(told.values, steps):
            yield Named(kind, path, str(value))


def kind_of(told: Told) -> str:
    """The kind of data file that something was read from."""
    if isinstance(told, Chapter):
        return MANUALS
    return (RECORDS if isinstance(told, Entry) else DESIGN) + told.kind


@kept_by_schemas
def _references(of: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The fields that name something: their paths, with `*` for the items of a list, and what they name."""
    found, schema = [], load_schemas().by_kind.get(of)
    for path, rule in schema.walk() if schema else ():
        steps = tuple(str(step) for step in path)
        inner = rule.get("schema") if rule.get("type") == "list" else None
        where = (*steps, "*") if isinstance(inner, dict) else steps
        kind = _kind(inner if isinstance(inner, dict) else rule)
        if kind:
            found.append((where, kind))
    return tuple(found)


def _kind(rule: Mapping[str, Any]) -> str | None:
    return CLAUSE if rule.get("type") == "ground" else rule.get("reference")


def _values(value: Any, steps: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if value is None:
        return
    if not steps:
        yield path, value
    elif steps[0] == "*":
        for index, one in enumerate(value):
            yield from _values(one, steps[1:], (*path, index))
    else:
        yield from _values(value.get(steps[0]), steps[1:], (*path, steps[0]))


def names_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """Whatever is named is there; clauses are judged with all others."""
    known = _known(contract, context)
    for told in told_by(contract):
        for kind, path, name in names_in(told):
            if kind in known and name not in known[kind][1]:
                title, names, place = known[kind]
                yield references.unknown(told.place(*path), title, name, names, place)


def _known(contract: Contract, context: Context) -> dict[str, tuple[str, Collection[str], str]]:
    """What may be named, by kind; kinds that cannot be judged are left out."""
    found: dict[str, tuple[str, Collection[str], str]] = {}
    if context.whole(contract, "staff"):
        people = {person.id for person in contract.staff.people}
        found["person"] = found["staff"] = ("人", people, "staff.yml の people")
        found["role"] = ("役割", {role.id for role in contract.staff.roles}, "staff.yml の roles")
    if context.whole(contract, "plan"):
        found["task"] = ("作業", {task.id for task in contract.tasks}, "plan.yml の tasks")
    if context.whole(contract, "deliverables"):
        found["deliverable"] = ("納品物件", {d.no for d in contract.deliverables}, "deliverables.yml")
    for kind, schema in context.schemas.records.items():
        folder = f"data/contracts/{contract.id}/records/{kind}/"
        lost = {path.removeprefix(folder).removesuffix(".yml") for path in context.lost if path.startswith(folder)}
        ids = {entry.id for entry in contract.entries if entry.kind == kind} | lost
        found[f"record:{kind}"] = (f"{schema.title}の記録", ids, f"records/{kind}/")
    return found | (_things(contract, context) if contract.design else {})


def _things(contract: Contract, context: Context) -> dict[str, tuple[str, Collection[str], str]]:
    """The things of the design, by kind; a kind without a file has none."""
    there = {sheet.kind: {str(thing["id"]) for thing in sheet.things} for sheet in contract.design}
    found: dict[str, tuple[str, Collection[str], str]] = {}
    for kind, schema in context.schemas.design.items():
        if context.whole(contract, f"design/{kind}"):
            found[f"design:{kind}"] = (schema.title, there.get(kind, set()), f"design/{kind}.yml")
    return found
