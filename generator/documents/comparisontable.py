"""新旧対照表: the changes side by side, by kind of data file, by thing and by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents.changeclauses import alike, value
from generator.documents.changenames import Sides, asked, field_name, unit_key, unit_name, unit_steps
from generator.documents.changevalues import schema_of, title
from generator.documents.changewords import grouped
from generator.documents.comparisoncells import Row, compared, omission, whole
from generator.history import comparison
from generator.history.comparison import Change, called

FEW = 3
"""Of so many files of a kind that came or went all is shown, of more only their names."""


@dataclass(frozen=True)
class Unit:
    """A thing with the rows of its fields."""

    name: str
    """Empty for a file there is one of."""
    note: str
    """What the thing is about, where its name does not say it."""
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """What changed in the data files of a kind."""

    title: str
    units: tuple[Unit, ...]


def table(changes: Sequence[Change], sides: Sides) -> list[Group]:
    """The comparison table of the changes."""
    return [Group(name, tuple(_units(found, sides))) for name, found in grouped(changes)]


def _units(changes: Iterable[Change], sides: Sides) -> Iterator[Unit]:
    units: dict[object, list[Change]] = {}
    for change in changes:
        units.setdefault(unit_key(change), []).append(change)
    files = [found[0] for found in units.values() if found[0].is_file]
    for found in units.values():
        if len(files) > FEW and found[0] in files:
            yield Unit("", "", (_named(found[0], sides),))
        else:
            yield Unit(unit_name(found[0], sides), asked(found[0], sides), tuple(_rows(found, sides)))


def _named(change: Change, sides: Sides) -> Row:
    """A file among many that came or went: its name says enough."""
    name = unit_name(change, sides).removeprefix(schema_of(change.kind).title).strip("「」")
    return compared("", "", name) if change.what == comparison.ADDED else compared("", name, "")


def _rows(changes: Sequence[Change], sides: Sides) -> Iterator[Row]:
    """The rows of a unit, in the order of its schema, with what stayed between them left out."""
    first, depth = changes[0], len(unit_steps(changes[0]))
    if first.is_whole and len(first.steps) == depth:
        yield from _whole(first, sides)
        return
    by_key: dict[str, list[Row]] = {}
    for group in alike(changes):
        key = group[0].steps[depth] if len(group[0].steps) > depth else ""
        by_key.setdefault(key, []).append(_listed(group, sides) if len(group) > 1 else _changed(group[0], sides))
    yield from by_key.get("", ())
    content, omitted = _content(first, sides), False
    for key in schema_of(first.kind).keys_at(unit_steps(first)):
        stayed = key not in by_key and key not in _NAMING and content.get(key) not in (None, "", [], {})
        if stayed and not omitted:
            yield omission()
        yield from by_key.get(key, ())
        omitted = stayed or (omitted and key not in by_key)


_NUMBERING = ("id", "no", "item")
_NAMING = (*_NUMBERING, *comparison.NAMES)
"""Fields that the unit's name says already."""


def _content(change: Change, sides: Sides) -> Mapping[str, Any]:
    """The thing's own content, to know what stayed; empty where that cannot be told."""
    was, now = sides.values.get(change.file, (None, None))
    found: Any = now if now is not None else was
    names = iter(zip(change.items, change.ids, strict=True))
    schema, steps = schema_of(change.kind), unit_steps(change)
    for depth, step in enumerate(steps):
        if step == "*":
            rule = schema.rule_at(steps[:depth])
            fields = [rule["unique_by"]] if rule.get("unique_by") else rule.get("pair_by", [])
            name, key = next(names)
            found = next((item for item in found or () if _is(item, name, key, fields)), None)
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) and (steps or change.what != comparison.MOVED) else {}


def _is(item: Any, name: str, key: str, fields: Sequence[str]) -> bool:
    if not isinstance(item, Mapping):
        return False
    return "/".join(str(item.get(field) or "") for field in fields) == key if fields else called(item) == name


# --- what changed ------------------------------------------------------------------------------------------


def _whole(change: Change, sides: Sides) -> Iterator[Row]:
    """A unit that is new or dropped: all it says on one side."""
    new = change.what == comparison.ADDED
    content, voice = (change.after, sides.new) if new else (change.before, sides.old)
    said = [("", value(change, sides, after=new))]
    if isinstance(content, Mapping):
        inner = {key: one for key, one in content.items() if key not in _NUMBERING} or content
        said = voice.lines(schema_of(change.kind), change.steps, inner)
    for place, (name, text) in enumerate(said):
        yield whole(name, text, new, first=place == 0)


def _listed(group: Sequence[Change], sides: Sides) -> Row:
    new, name = group[0].what == comparison.ADDED, title(schema_of(group[0].kind), group[0].steps[:-1])
    said = "、".join(value(change, sides, after=new) for change in group)
    return compared(name, "", said) if new else compared(name, said, "")


def _changed(change: Change, sides: Sides) -> Row:
    name = field_name(change, sides)
    if change.what == comparison.MOVED:
        before, after = ("、".join(map(str, side or ())) for side in (change.before, change.after))
        return compared(f"{name}の順序", before, after)
    if change.what == comparison.RENUMBERED:
        return compared("記号", str(change.before), str(change.after))
    return compared(name, value(change, sides, after=False), value(change, sides, after=True))
