"""Two states of the data compared by meaning: what was added, taken away, changed, renamed, renumbered or moved.

Works on accepted values with their schemas, so that every kind of data file, a new one too, is compared the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.history.pairing import Pair, pairs
from generator.intake.datafiles import DataFile
from generator.intake.schema import Schema, load_schemas

ADDED, REMOVED, CHANGED, RENAMED, RENUMBERED, MOVED = (
    "added",
    "removed",
    "changed",
    "renamed",
    "renumbered",
    "moved",
)
NAMES = ("name", "title", "heading")
"""Fields that name a thing: the first that is filled is what an item is called."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs."""

    what: str
    file: str
    """The data file's path after; before, where it is gone."""
    kind: str
    """The kind of data file."""
    steps: tuple[str, ...]
    """The schema's keys from the file to the thing, with `*` for an item of a list."""
    items: tuple[str, ...]
    """What the items on the way are called, for people; one for each `*`."""
    ids: tuple[str, ...]
    """The same by id."""
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    schema: Schema
    steps: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def field(self, key: str) -> _Place:
        return _Place(self.file, self.schema, (*self.steps, key), self.items, self.ids)

    def item(self, name: str, number: str) -> _Place:
        return _Place(self.file, self.schema, (*self.steps, "*"), (*self.items, name), (*self.ids, number))

    def rule(self) -> Mapping[str, Any]:
        return self.schema.rule_at([0 if step == "*" else step for step in self.steps])

    def change(self, what: str, before: Any = None, after: Any = None) -> Change:
        return Change(what, self.file, self.schema.kind, self.steps, self.items, self.ids, before, after)


def compare(before: Sequence[DataFile], after: Sequence[DataFile]) -> list[Change]:
    """What differs between two sets of data files, by file and in the order of their schemas.

    Files are paired by kind and name; one that moved with its content is the same file.
    """
    old, new = ({_name(file): file for file in files if file.value is not None} for files in (before, after))
    found: list[Change] = []
    for name in sorted({**old, **new}):
        was, now = old.get(name), new.get(name)
        file = now or was
        if file is not None:
            schema = load_schemas().by_kind[file.kind]
            found += _file(_Place(file.path, schema), was.value if was else None, now.value if now else None)
    return found


def _name(file: DataFile) -> tuple[str, str]:
    """Kind and name without the contract, so that a contract that was renamed is compared with itself."""
    return file.kind, file.names.get("id", "")


def _file(place: _Place, was: Any, now: Any) -> Iterator[Change]:
    if was is None or now is None:
        yield place.change(ADDED if was is None else REMOVED, was, now)
    else:
        yield from _mapping(place, was, now)


def _mapping(place: _Place, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    known = place.schema.keys_at([0 if step == "*" else step for step in place.steps])
    for key in [*known, *sorted({*was, *now} - set(known))]:
        yield from _value(place.field(key), was.get(key), now.get(key))


def _value(place: _Place, was: Any, now: Any) -> Iterator[Change]:
    if was == now or (not was and not now and was is not False and now is not False and was != 0 and now != 0):
        return
    if isinstance(was, list) or isinstance(now, list):
        yield from _list(place, was or [], now or [])
    elif isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _mapping(place, was, now)
    elif place.items and place.steps[-1] in NAMES and was and now:
        yield place.change(RENAMED, was, now)
    else:
        yield place.change(CHANGED, was, now)


def _list(place: _Place, was: Sequence[Any], now: Sequence[Any]) -> Iterator[Change]:
    keys = _keys(place, was, now)
    found = pairs(was, now, keys)
    for pair in found:
        yield from _item(place, keys, pair, was, now)
    if any(pair.moved for pair in found):
        yield place.change(MOVED, *([called(item) for item in side] for side in (was, now)))


def _keys(place: _Place, was: Sequence[Any], now: Sequence[Any]) -> tuple[str, ...]:
    """The fields that tell the items of a list apart."""
    rule = place.rule()
    if rule.get("unique_by"):
        return (rule["unique_by"],)
    if rule.get("pair_by"):
        return tuple(rule["pair_by"])
    everything = [*was, *now]
    named = everything and all(isinstance(item, Mapping) and item.get("id") is not None for item in everything)
    return ("id",) if named else ()


def _item(place: _Place, keys: Sequence[str], pair: Pair, was: Sequence[Any], now: Sequence[Any]) -> Iterator[Change]:
    old = was[pair.before] if pair.before is not None else None
    new = now[pair.after] if pair.after is not None else None
    here = place.item(
        called(new if pair.after is not None else old), _number(new if pair.after is not None else old, keys)
    )
    if pair.before is None or pair.after is None:
        yield here.change(ADDED if pair.before is None else REMOVED, old, new)
        return
    if (
        len(keys) == 1
        and isinstance(old, Mapping)
        and isinstance(new, Mapping)
        and old.get(keys[0]) != new.get(keys[0])
    ):
        yield here.change(RENUMBERED, old.get(keys[0]), new.get(keys[0]))
        old, new = ({key: value for key, value in one.items() if key != keys[0]} for one in (old, new))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _mapping(here, old, new)
    elif old != new:
        yield here.change(CHANGED, old, new)


def called(item: Any) -> str:
    """What an item is called: its name or title, else its id, else the first thing it says."""
    if not isinstance(item, Mapping):
        return str(item)
    named = [item[key] for key in (*NAMES, "id", "no", "item", "person") if item.get(key)]
    named += [value for value in item.values() if isinstance(value, str) and value]
    return str(named[0]) if named else ""


def _number(item: Any, keys: Sequence[str]) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    return "/".join(str(item.get(key) or "") for key in keys)
