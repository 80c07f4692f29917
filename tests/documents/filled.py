"""Records of any kind made from its schema: with as little as will do, or with every field filled."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.intake.schema import Schema, load_schemas
from tests.support import CONTRACT

DAY, LATER = dt.date(2026, 4, 6), "10:30"
NAMES = {"person": "p1", "staff": "p1", "role": "manager", "task": "inspection", "deliverable": "all"}
"""What the whole project has of each kind of thing that can be named."""


def record(kind: str, text: str, only_required: bool = False) -> dict[str, Any]:
    """A record of a kind whose texts all say `text`."""
    schema = load_schemas().records[kind]
    return dict(_fields(schema.fields, schema, text, only_required))


def _fields(fields: Mapping[str, Any], schema: Schema, text: str, only_required: bool) -> Iterator[tuple[str, Any]]:
    for name, rule in fields.items():
        if rule.get("required") or not only_required:
            yield name, _value(rule, schema, text, only_required)


def _value(rule: Mapping[str, Any], schema: Schema, text: str, only_required: bool) -> Any:
    kind, inner = rule["type"], rule.get("schema")
    if kind == "dict":
        return dict(_fields(inner, schema, text, only_required))
    if kind == "list":
        return [_value(inner, schema, text, only_required)]
    if rule.get("allowed"):
        return rule["allowed"][0]
    if "reference" in rule:
        of = rule["reference"].partition(":")[2]
        return NAMES.get(rule["reference"]) or f"{of}-1"
    plain = {"date": DAY, "moment": f"{DAY} {LATER}", "integer": 3, "boolean": True, "clock": LATER, "ground": "1-1"}
    return plain.get(kind, "s1" if kind == "id" else text)


def files(text: str, only_required: bool = False) -> dict[str, str]:
    """A file of every kind, as YAML (JSON is YAML); filled ones also with each value of what may be chosen."""
    found = {}
    for kind in load_schemas().records:
        made = [record(kind, text, only_required)]
        made += [] if only_required else [made[0] | chosen for chosen in _choices(kind)]
        for number, values in enumerate(made, 1):
            found[f"{CONTRACT}/records/{kind}/{kind}-{number}.yml"] = json.dumps(
                values, ensure_ascii=False, default=str
            )
    return found


def _choices(kind: str) -> Iterator[dict[str, str]]:
    for name, rule in load_schemas().records[kind].fields.items():
        yield from ({name: value} for value in rule.get("allowed", ())[1:])
