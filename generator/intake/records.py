"""From accepted data to frozen records: one maker for every kind, driven by the fields of the record."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from generator.intake.positions import Located, Spot
from generator.intake.schema import Path, Schema
from generator.model import Record

R = TypeVar("R", bound=Record)
Maker = Callable[[Any, Spot, str], Any]


def make(cls: type[R], value: Mapping[str, Any], spot: Spot, file: str, **given: Any) -> R:
    """A record of a class from a mapping; `given` fields are taken as they are."""
    fields = dict(given)
    for name, maker in _makers(cls):  # type: ignore[arg-type]  # a class is hashable
        if name not in fields and value.get(name) is not None:
            fields[name] = maker(value[name], spot.children.get(name, spot), file)
    return cls(source=spot.source(file), locator=Located(spot, file), **fields)


@cache
def _makers(cls: type[Any]) -> tuple[tuple[str, Maker], ...]:
    hints = typing.get_type_hints(cls)
    return tuple(
        (f.name, _maker(hints[f.name])) for f in dataclasses.fields(cls) if f.name not in ("source", "locator")
    )


def _maker(hint: Any) -> Maker:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return _maker(next(arm for arm in typing.get_args(hint) if arm is not type(None)))
    if typing.get_origin(hint) is tuple:
        inner = _maker(typing.get_args(hint)[0])
        return lambda value, spot, file: _sequence(inner, value, spot, file)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return lambda value, spot, file: make(typing.cast("type[Any]", hint), value, spot, file)
    return lambda value, spot, file: value


def _sequence(inner: Maker, value: Iterable[Any], spot: Spot, file: str) -> tuple[Any, ...]:
    return tuple(inner(item, spot.children.get(index, spot), file) for index, item in enumerate(value))


def pruned(schema: Schema, value: Any, spot: Spot, bad: Sequence[Path]) -> tuple[Any, Spot, frozenset[Path]]:
    """The value without what is wrong, with positions that still fit, and which known values went.

    A wrong optional value goes alone; a wrong required one takes its list item, or in the end the file, with it. An
    item of a list marked `whole` goes with whatever is wrong in it, for its keys mean something only together.
    """
    doomed = {_doomed(schema, path) for path in bad}
    if () in doomed:
        return None, spot, frozenset({()})
    kept, places = _without(value, spot, (), doomed)
    return kept, places, frozenset(path for path in doomed if schema.rule_at(path))


def _doomed(schema: Schema, path: Path) -> Path:
    for depth, step in enumerate(path):
        if isinstance(step, int) and schema.rule_at(path[:depth]).get("whole"):
            return path[: depth + 1]
    while path and isinstance(path[-1], str) and schema.rule_at(path).get("required"):
        path = path[:-1]
    return path


def _without(value: Any, spot: Spot, path: Path, doomed: set[Path]) -> tuple[Any, Spot]:
    if not any(gone[: len(path)] == path for gone in doomed):
        return value, spot
    places = spot.without_children()
    if isinstance(value, dict):
        kept: Any = {}
        for key, item in value.items():
            if (*path, key) not in doomed:
                kept[key], places.children[key] = _without(item, spot.at((key,)), (*path, key), doomed)
        return kept, places
    if isinstance(value, list):
        rest = [(i, item) for i, item in enumerate(value) if (*path, i) not in doomed]
        pairs = [_without(item, spot.at((i,)), (*path, i), doomed) for i, item in rest]
        places.children.update({n: place for n, (_, place) in enumerate(pairs)})
        return [item for item, _ in pairs], places
    return value, spot
