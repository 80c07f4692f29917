"""Records, design data and chapters made from their schemas: with as little as will do, or with every field filled."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.intake.schema import MANUALS, Schema, load_schemas
from generator.model import OVERVIEW
from tests.designed import PICTURE
from tests.support import CONTRACT

DAY, LATER = dt.date(2026, 4, 6), "10:30"
NAMES = {"person": "p1", "staff": "p1", "role": "manager", "task": "inspection", "deliverable": "all"}
"""What the whole project has of each kind of thing that can be named."""

THING, BOOKS = "s1", ("operation", "user")
"""The id of the thing there is of each kind of design data, and of the chapter of each manual."""

FIXED = {"image": "images/s1.png", "manuals": f"{BOOKS[0]}/{THING}", "body": ""}
"""Fields that name a file, and the text of a chapter, which stands after its other fields."""

MATCHING = {"^C?R?U?D?$": "CRUD", "^[0-9a-f]{64}$": "0" * 64}
"""A text for a pattern."""


def record(kind: str, text: str, only_required: bool = False) -> dict[str, Any]:
    """A record of a kind whose texts all say `text`."""
    schema = load_schemas().records[kind]
    return dict(_fields(schema.fields, schema, text, only_required))


def _fields(fields: Mapping[str, Any], schema: Schema, text: str, only_required: bool) -> Iterator[tuple[str, Any]]:
    for name, rule in fields.items():
        if rule.get("required") or not only_required:
            yield name, _value(rule, schema, text, only_required, name)


def _value(rule: Mapping[str, Any], schema: Schema, text: str, only_required: bool, name: str) -> Any:
    kind, inner = rule["type"], rule.get("schema", {})
    if kind == "dict":
        return dict(_fields(inner, schema, text, only_required))
    if kind == "list":
        return [_value(inner, schema, text, only_required, name)]
    if rule.get("allowed"):
        return rule["allowed"][0]
    if name in FIXED:
        return FIXED[name]
    if kind == "item":
        return f"servers/{THING}"
    if "reference" in rule:
        of = rule["reference"].partition(":")[2]
        own = THING if rule["reference"].startswith("design:") else f"{of}-1"
        return NAMES.get(rule["reference"]) or own
    plain = {"date": DAY, "moment": f"{DAY} {LATER}", "integer": 3, "boolean": True, "clock": LATER, "ground": "1-1"}
    return plain.get(kind, THING if kind == "id" else MATCHING.get(rule.get("regex", ""), text))


def design(text: str, only_required: bool = False) -> dict[str, str | bytes]:
    """A file of every kind of design data, and a chapter of each manual; of what may be chosen, a thing of each."""
    found: dict[str, str | bytes] = {f"{CONTRACT}/design/{FIXED['image']}": PICTURE}
    for kind, schema in load_schemas().design.items():
        values = dict(_fields(schema.fields, schema, text, only_required))
        if kind != OVERVIEW and not only_required:
            (thing,) = values[kind]
            others = _chosen(schema.rule_at((kind, "*"))["schema"])
            values[kind] += [thing | chosen | {"id": f"s{number}"} for number, chosen in enumerate(others, 2)]
        found[f"{CONTRACT}/design/{kind}.yml"] = _written(values)
    for manual in BOOKS:
        values = dict(
            _fields(load_schemas().by_kind[MANUALS].fields, load_schemas().by_kind[MANUALS], text, only_required)
        )
        values.pop("body", None)
        body = "" if only_required else BODY.replace("TEXT", text)
        found[f"{CONTRACT}/{MANUALS}/{manual}/{THING}.md"] = f"---\n{_written(values)}\n---\n{body}"
    return found


BODY = """TEXT [[servers/s1]] TEXT

> TEXT

[[procedure s1]]

## TEXT
- TEXT
- [[servers/s1.note]]

[[table servers: title, note]]

### TEXT
[[figure network]]
"""


def _written(values: Mapping[str, Any]) -> str:
    """As YAML: JSON is."""
    return json.dumps(values, ensure_ascii=False, default=str)


def files(text: str, only_required: bool = False) -> dict[str, str]:
    """A file of every kind, as YAML; filled ones also with each value of what may be chosen."""
    found = {}
    for kind, schema in load_schemas().records.items():
        made = [record(kind, text, only_required)]
        made += [] if only_required else [made[0] | chosen for chosen in _chosen(schema.fields)]
        for number, values in enumerate(made, 1):
            found[f"{CONTRACT}/records/{kind}/{kind}-{number}.yml"] = _written(values)
    return found


def _chosen(fields: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for name, rule in fields.items():
        yield from ({name: value} for value in rule.get("allowed", ())[1:])
