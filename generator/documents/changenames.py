"""What a change is a change of, in words: the file, the things on the way to it, the field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.documents import filters
from generator.documents.changevalues import Voice, check_text, schema_of, title
from generator.history.comparison import NAMES, REMOVED, RENUMBERED, Change, called
from generator.intake.eras import wareki, wareki_month
from generator.intake.schema import RECORDS, Schema
from generator.model import Contract


@dataclass(frozen=True)
class Sides:
    """The contract before and after: names are looked up on the side they belong to. None for what contracts share."""

    before: Contract | None
    after: Contract | None
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Contents before and after by the path of the data file; without them a record is named by its id."""

    @property
    def old(self) -> Voice:
        """How the side before is put in words."""
        return Voice(self.before or self.after)

    @property
    def new(self) -> Voice:
        """How the side after is put in words."""
        return Voice(self.after or self.before)


def file_name(change: Change, sides: Sides) -> str:
    """The data file: `体制`, `障害「2026-001　送信できない」`."""
    schema = schema_of(change.kind)
    match = schema.pattern.match(change.file)
    if match is None or "id" not in match.groupdict():
        return schema.title
    was, now = sides.values.get(change.file, (change.before, change.after) if not change.steps else (None, None))
    content = now if isinstance(now, Mapping) else was
    own = called(content) if isinstance(content, Mapping) and any(content.get(key) for key in NAMES) else ""
    if not change.kind.startswith(RECORDS):
        return f"{schema.title}「{own or match['id']}」"
    name = said_id(match["id"])
    return f"{schema.title}「{f'{name}　{own}' if own and own != name else name}」"


def said_id(name: str) -> str:
    """A record's id for people: `2026-04` is 令和8年4月, `2026-04-28` 令和8年4月28日; others as they are."""
    parts = [int(part) for part in name.split("-")] if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", name) else []
    try:
        if len(parts) == 3:
            return wareki(dt.date(*parts))
        return wareki_month(dt.date(parts[0], parts[1], 1)) if parts else name
    except ValueError:
        return name


def thing_name(change: Change, sides: Sides) -> str:
    """The thing that changed, or a field of which did, from the file inwards: `体制　人「例示 花子」`."""
    inner, file = "の".join(_parts(change, unit_steps(change), sides)), file_name(change, sides)
    if inner:
        return inner if inner.startswith(f"{file}「") else f"{file}　{inner}"
    follows = "" if change.what == RENUMBERED and not change.steps else "の" if _is_record(change) else "　"
    return f"{file_name(change, sides)}{follows}"


def last_item(change: Change, sides: Sides) -> str:
    """What the innermost item on the way is called."""
    depth = len(change.steps) - 1 - change.steps[::-1].index("*")
    return _item_name(change, schema_of(change.kind), change.steps[:depth], len(change.items) - 1, sides)


def _is_record(change: Change) -> bool:
    return "{id}" in schema_of(change.kind).files


def unit_steps(change: Change) -> tuple[str, ...]:
    """The steps to the smallest thing with a name of its own that the change is in."""
    stars = [depth for depth, step in enumerate(change.steps) if step == "*"]
    inside = [depth for depth in stars if _holds_fields(change, change.steps[: depth + 1])]
    return change.steps[: inside[-1] + 1] if inside else ()


def unit_key(change: Change) -> tuple[object, ...]:
    """The same for all changes of one thing."""
    steps = unit_steps(change)
    return change.file, steps, change.ids[: steps.count("*")]


def _holds_fields(change: Change, steps: Sequence[str]) -> bool:
    return schema_of(change.kind).rule_at(steps).get("type") == "dict"


def unit_name(change: Change, sides: Sides) -> str:
    """That thing in words: `人「例示 花子」`; a record's name; empty for a file there is one of."""
    parts = _parts(change, unit_steps(change), sides)
    named = file_name(change, sides)
    own = "" if named == schema_of(change.kind).title else named
    return "　".join(filter(None, (own, "の".join(parts))))


def field_name(change: Change, sides: Sides) -> str:
    """What of the thing changed: `氏名`; empty where it is the whole thing."""
    return "の".join(_parts(change, change.steps, sides)[_named_depth(change, sides) :])


def _named_depth(change: Change, sides: Sides) -> int:
    return len(_parts(change, unit_steps(change), sides))


def _parts(change: Change, steps: Sequence[str], sides: Sides) -> list[str]:
    schema = schema_of(change.kind)
    parts: list[str] = []
    number = 0
    for depth, step in enumerate(steps):
        if step == "*":
            name = _item_name(change, schema, tuple(steps[:depth]), number, sides)
            parts[-1] += f"「{name}」" if name else ""
            number += 1
        else:
            parts.append(title(schema, steps[: depth + 1]))
    return parts


def _item_name(change: Change, schema: Schema, steps: tuple[str, ...], number: int, sides: Sides) -> str:
    """What an item of a list is called."""
    here = (*steps, "*")
    name, key = change.items[number], change.ids[number]
    rule = schema.rule_at(steps)
    voice = sides.new if _is_there_after(change, here) else sides.old
    if keys := rule.get("pair_by"):
        split = _split(schema, here, keys, key)
        said = [voice.text(schema, (*here, field), value) for field, value in zip(keys, split, strict=True) if value]
        return "　".join(filter(None, map(_as_day, said)))
    if unique := rule.get("unique_by"):
        said_key = voice.text(schema, (*here, unique), key)
        if name == key:
            return voice.name("cell", key) if steps == ("cells",) else said_key
        return f"{key} {name}" if _is_number(key) else name
    return _translated(voice, schema, here, name)


def _is_there_after(change: Change, here: Sequence[str]) -> bool:
    return not (change.what == REMOVED and len(change.steps) == len(here))


def _is_number(key: str) -> bool:
    """Whether an id is a number as the specification prints it, not a name of our own."""
    return bool(re.match(r"[0-9]|別", key))


def _split(schema: Schema, here: tuple[str, ...], keys: Sequence[str], joined: str) -> list[str]:
    """The values of a key that was joined with slashes; one of them may hold slashes itself."""
    patterns = [_pattern(schema.rule_at((*here, key))) for key in keys]
    match = re.fullmatch("/".join(f"({pattern})" for pattern in patterns), joined, re.DOTALL)
    return [part or "" for part in match.groups()] if match else [joined, *[""] * (len(keys) - 1)]


def _pattern(rule: Mapping[str, Any]) -> str:
    allowed = "|".join(map(re.escape, rule.get("allowed", ())))
    return f"(?:{allowed})?" if allowed else _PATTERNS.get(rule.get("type", ""), ".*?")


_PATTERNS = {"date": r"(?:\d{4}-\d\d-\d\d)?", "id": "[^/]*", "integer": r"\d*"}


def _as_day(text: str) -> str:
    """A day or a moment that became text, for people."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return wareki(dt.date.fromisoformat(text))
    is_moment = re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text)
    return filters.moment(dt.datetime.fromisoformat(text)) if is_moment else text


def _translated(voice: Voice, schema: Schema, here: tuple[str, ...], name: str) -> str:
    """The name of an item without a key: the first thing it says, in words; nothing where that says nothing to people."""
    if schema.rule_at(here).get("type") != "dict":
        return _as_day(voice.text(schema, here, name))
    for key in schema.keys_at(here):
        said = voice.text(schema, (*here, key), name)
        if said != name:
            return said
    return "" if name.isascii() else _as_day(name)


def asked(change: Change, sides: Sides) -> str:
    """What the check item asks whose answer changed; empty for anything else."""
    if change.kind != "checklist" or unit_steps(change) != ("answers", "*"):
        return ""
    return check_text(sides.after or sides.before, change.ids[0])
