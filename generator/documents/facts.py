"""A record as a reader sees it: titles from its schema, and values in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents import filters
from generator.documents.ledger import once
from generator.intake.schema import DESIGN, RECORDS, Schema, load_schemas
from generator.model import Contract, Entry


@dataclass(frozen=True)
class Fact:
    """One field of a record: a text, or a table where it holds rows."""

    name: str
    title: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def facts(contract: Contract, entry: Entry) -> list[Fact]:
    """The filled fields of a record, in the order of its schema."""
    schema = load_schemas().by_kind[RECORDS + entry.kind]
    return [_fact(contract, schema, name, value) for name, value in _filled(schema, entry.values)]


def _filled(schema: Schema, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, values[name]) for name in schema.fields if values.get(name) not in (None, "", [], {}))


def _fact(contract: Contract, schema: Schema, name: str, value: Any) -> Fact:
    title = title_at(schema, (name,))
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        columns = [key for key in schema.keys_at((name, 0)) if any(row.get(key) is not None for row in value)]
        titles = tuple(title_at(schema, (name, 0, key)) for key in columns)
        rows = tuple(tuple(said(contract, schema, (name, 0, key), row.get(key)) for key in columns) for row in value)
        return Fact(name, title, columns=titles, rows=rows)
    return Fact(name, title, said(contract, schema, (name,), value))


def fact(contract: Contract, kind: str, path: str, value: Any) -> str:
    """A value of a record in words: `fact(contract, "work", "people", ["p01"])` gives the names."""
    return said(contract, load_schemas().by_kind[RECORDS + kind], path.split("."), value)


def said(contract: Contract, schema: Schema, path: Sequence[str | int], value: Any) -> str:
    """A value as its schema means it: dates in 和暦, coded values by their labels, people and tasks by name."""
    rule = schema.rule_at(path)
    if value is None:
        return ""
    if isinstance(value, Mapping):
        parts = ((key, said(contract, schema, (*path, key), inner)) for key, inner in value.items())
        return "\n".join(f"{title_at(schema, (*path, key))}　{text}" for key, text in parts if text)
    if isinstance(value, list):
        return "、".join(said(contract, schema, (*path, 0), one) for one in value)
    if "reference" in rule:
        return named(contract, rule["reference"], str(value))
    return plain(rule, value)


def plain(rule: Mapping[str, Any], value: Any) -> str:
    """A single value by its rule: a date in 和暦, a coded value by its label."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, dt.datetime):
        return filters.moment(value)
    if isinstance(value, dt.date):
        return filters.wareki(value)
    labels = rule.get("meta", {}).get("labels", {})
    return str(labels.get(value, value))


def named(contract: Contract, reference: str, name: str) -> str:
    """What a name stands for: a person's name, a task's title; the name itself where nothing is found."""
    return _names(contract).get(reference, {}).get(name, name)


@once
def _names(contract: Contract) -> Mapping[str, Mapping[str, str]]:
    """What every id stands for, by what a schema calls a reference to it."""
    people = {person.id: person.name for person in contract.staff.people}
    found: dict[str, dict[str, str]] = {
        "person": people,
        "staff": people,
        "role": {role.id: role.title for role in contract.staff.roles},
        "task": {task.id: task.title for task in contract.tasks},
        "deliverable": {d.no: d.title for d in contract.deliverables},
        "level": {level.id: level.title for level in contract.head.service_levels},
    }
    for entry in contract.entries:
        title = f"{entry.id} {entry.values.get('title', '')}".strip()
        found.setdefault(f"record:{entry.kind}", {})[entry.id] = title
    for sheet in contract.design:
        found[f"design:{sheet.kind}"] = {str(thing["id"]): str(thing["title"]) for thing in sheet.things}
    return found | {"item": dict(items(contract))}


def items(contract: Contract) -> Iterator[tuple[str, str]]:
    """Whatever a change or an answer can name, with what it is called: `servers/db01`, `サーバ　データベースサーバ`."""
    for chapter in contract.manuals:
        yield f"{chapter.manual}/{chapter.id}", f"マニュアル　{chapter.title}"
    for sheet in contract.design:
        schema = load_schemas().by_kind[DESIGN + sheet.kind]
        for name, value in sheet.named.items():
            title = value["title"] if sheet.listed else schema.fields[name]["meta"]["title"]
            yield f"{sheet.kind}/{name}", f"{schema.title}　{title}"


def title_at(schema: Schema, path: Sequence[str | int]) -> str:
    """A field's title; its own name where the schema leaves the keys free."""
    return str(schema.rule_at(path).get("meta", {}).get("title", path[-1]))
