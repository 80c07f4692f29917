"""A record as a reader sees it: titles from its schema, and values in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents import filters
from generator.intake.schema import RECORDS, Schema, load_schemas
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
    title = schema.fields[name]["meta"]["title"]
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        columns = [key for key in schema.keys_at((name, 0)) if any(row.get(key) is not None for row in value)]
        titles = tuple(schema.rule_at((name, 0, key))["meta"]["title"] for key in columns)
        rows = tuple(tuple(said(contract, schema, (name, 0, key), row.get(key)) for key in columns) for row in value)
        return Fact(name, title, columns=titles, rows=rows)
    return Fact(name, title, said(contract, schema, (name,), value))


def fact(contract: Contract, kind: str, path: str, value: Any) -> str:
    """A value of a record in words: `fact(contract, "work", "people", ["p01"])` gives the names."""
    steps = tuple(0 if step == "*" else step for step in path.split("."))
    return said(contract, load_schemas().by_kind[RECORDS + kind], steps, value)


def said(contract: Contract, schema: Schema, path: Sequence[str | int], value: Any) -> str:
    """A value as its schema means it: dates in 和暦, coded values by their labels, people and tasks by name."""
    rule = schema.rule_at(path)
    if value is None:
        return ""
    if isinstance(value, Mapping):
        parts = ((key, said(contract, schema, (*path, key), inner)) for key, inner in value.items())
        return "\n".join(f"{_title(schema, (*path, key))}　{text}" for key, text in parts if text)
    if isinstance(value, list):
        return "、".join(said(contract, schema, (*path, 0), one) for one in value)
    if "reference" in rule:
        return named(contract, rule["reference"], str(value))
    return _plain(rule, value)


def _plain(rule: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, dt.datetime):
        return filters.moment(value)
    if isinstance(value, dt.date):
        return filters.wareki(value)
    labels = rule.get("meta", {}).get("labels", {})
    return str(labels.get(value, value))


def named(contract: Contract, reference: str, name: str) -> str:
    """What a name in a record stands for: a person's name, a task's title; the name itself where nothing is found."""
    kind, _, of = reference.partition(":")
    found: Mapping[str, str] = {}
    if kind in ("person", "staff"):
        found = {person.id: person.name for person in contract.staff.people}
    elif kind == "role":
        found = {role.id: role.title for role in contract.staff.roles}
    elif kind == "task":
        found = {task.id: task.title for task in contract.tasks}
    elif kind == "deliverable":
        found = {d.no: d.title for d in contract.deliverables}
    elif kind == "record":
        found = {e.id: f"{e.id} {e.values.get('title', '')}".strip() for e in contract.entries if e.kind == of}
    return found.get(name, name)


def _title(schema: Schema, path: Sequence[str | int]) -> str:
    """A field's title; its own name where the schema leaves the keys free."""
    return str(schema.rule_at(path).get("meta", {}).get("title", path[-1]))
