"""Two states of the data compared by meaning: what was added, taken away, changed, renamed, renumbered or moved.

Works on accepted values with their schemas, so that every kind of data file, a new one too, is compared the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.history.filepairs import FilePair, paired
from generator.history.pairing import Pair, pairs
from generator.history.sameness import same
from generator.intake.datafiles import DataFile
from generator.intake.schema import DESIGN, Schema, load_schemas

ADDED, REMOVED, CHANGED, RENAMED, RENUMBERED, MOVED = (
    "added",
    "removed",
    "changed",
    "renamed",
    "renumbered",
    "moved",
)
NAMES = ("name", "title", "heading")
"""Fields that name a thing: the first of them that its schema has is what an item is called."""

TITLES = ("title", "name", "heading")
"""The same in the design of a system, where a server's `name` is the one it has on its network."""

SAYING = (*NAMES, "text", "phrase")
"""Fields by which an item is known again when its number has changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs."""

    what: str
    file: str
    """The data file's path after; before, where it is gone."""
    kind: str
    """The kind of data file."""
    steps: tuple[str, ...]
    """The schema's keys from the file to the thing, with `*` for an item of a list; empty for the file itself."""
    items: tuple[str, ...]
    """What the items on the way are called, for people; one for each `*`."""
    ids: tuple[str, ...]
    """The same by id."""
    before: Any = None
    after: Any = None

    @property
    def is_whole(self) -> bool:
        """Whether the thing itself came or went."""
        return self.what in (ADDED, REMOVED)

    @property
    def is_file(self) -> bool:
        """Whether a whole file came or went."""
        return self.is_whole and not self.steps


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

    @property
    def names_its_item(self) -> bool:
        """Whether this field is what the item it stands in is called."""
        if len(self.steps) < 2 or self.steps[-2] != "*":
            return False
        known = self.schema.keys_at(self.steps[:-1])
        return next((name for name in self.names if name in known), None) == self.steps[-1]

    @property
    def names(self) -> Sequence[str]:
        """The fields that name a thing here."""
        return TITLES if self.schema.kind.startswith(DESIGN) else NAMES

    def change(self, what: str, before: Any = None, after: Any = None) -> Change:
        return Change(what, self.file, self.schema.kind, self.steps, self.items, self.ids, before, after)


def compare(before: Sequence[DataFile], after: Sequence[DataFile]) -> list[Change]:
    """What differs between two sets of data files, by file and in the order of their schemas.

    Files are paired by contract, kind and name; a contract whose folder was renamed and a file that moved with its
    content are the same as before. Of a file that cannot be read on one side nothing is said: its problem says it.
    """
    found: list[Change] = []
    for pair in paired(before, after):
        found += _renamed_contract(pair) if pair.before and pair.after else ()
        found += _file(pair)
    return found


def _renamed_contract(pair: FilePair) -> Iterator[Change]:
    was, now = (file.names.get("contract") if file else None for file in (pair.before, pair.after))
    if was != now and pair.after is not None and pair.after.kind == "contract":
        yield _Place(pair.after.path, load_schemas().by_kind["contract"]).change(RENUMBERED, was, now)


def _file(pair: FilePair) -> Iterator[Change]:
    file = pair.after or pair.before
    assert file is not None
    place = _Place(file.path, load_schemas().by_kind[file.kind])
    if pair.before is None or pair.after is None:
        yield place.change(ADDED, after=file.value) if pair.before is None else place.change(REMOVED, file.value)
        return
    old, new = (one.names.get("id") for one in (pair.before, pair.after))
    if old != new:
        yield place.change(RENUMBERED, old, new)
    yield from _mapping(place, pair.before.value, pair.after.value)


def _mapping(place: _Place, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    known = place.schema.keys_at(place.steps)
    for key in [*known, *sorted({*was, *now} - set(known))]:
        yield from _value(place.field(key), was.get(key), now.get(key))


def _value(place: _Place, was: Any, now: Any) -> Iterator[Change]:
    if same(was, now):
        return
    if all(isinstance(side, list) or side is None for side in (was, now)):
        yield from _list(place, was or [], now or [])
    elif isinstance(was, Mapping) and isinstance(now, Mapping):
        yield from _mapping(place, was, now)
    elif was and now and place.names_its_item:
        yield place.change(RENAMED, was, now)
    else:
        yield place.change(CHANGED, was, now)


# --- lists ----------------------------------------------------------------------------------------------


def _list(place: _Place, was: Sequence[Any], now: Sequence[Any]) -> Iterator[Change]:
    keys = _keys(place, was, now)
    known = place.schema.keys_at([*place.steps, "*"])
    stayed = []
    for pair in pairs(was, now, keys, [name for name in SAYING if name in known]):
        found = list(_item(place, keys, pair, was, now))
        yield from found
        if pair.before is not None and pair.after is not None and not _anew(place, found):
            stayed.append(pair.before)
    if stayed != sorted(stayed):
        yield place.change(MOVED, *([called(item, place.names) for item in side] for side in (was, now)))


def _anew(place: _Place, found: Sequence[Change]) -> bool:
    """Whether an item has another name or number: that it stands elsewhere too is no change of its own."""
    depth = len(place.ids) + 1
    return any(change.what in (RENAMED, RENUMBERED) and len(change.ids) == depth for change in found)


def _keys(place: _Place, was: Sequence[Any], now: Sequence[Any]) -> tuple[str, ...]:
    """The fields that tell the items of a list apart."""
    rule = place.schema.rule_at(place.steps)
    if rule.get("unique_by"):
        return (rule["unique_by"],)
    if rule.get("pair_by"):
        return tuple(rule["pair_by"])
    named = all(isinstance(item, Mapping) and item.get("id") is not None for item in (*was, *now))
    return ("id",) if named else ()


def _item(place: _Place, keys: Sequence[str], pair: Pair, was: Sequence[Any], now: Sequence[Any]) -> Iterator[Change]:
    old = was[pair.before] if pair.before is not None else None
    new = now[pair.after] if pair.after is not None else None
    shown = old if pair.after is None else new
    here = place.item(called(shown, place.names), _number(shown, keys))
    if pair.before is None or pair.after is None:
        yield here.change(ADDED, after=new) if pair.before is None else here.change(REMOVED, old)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        number = keys[0] if len(keys) == 1 else None
        if number and old.get(number) != new.get(number):
            yield here.change(RENUMBERED, old.get(number), new.get(number))
            old, new = ({key: value for key, value in one.items() if key != number} for one in (old, new))
        yield from _mapping(here, old, new)
    else:
        yield from _value(here, old, new)


def called(item: Any, names: Sequence[str] = NAMES) -> str:
    """What an item is called: its name or title, else its id, else the first thing it says."""
    if not isinstance(item, Mapping):
        return str(item)
    named = [item[key] for key in (*names, "id", "no", "item", "person") if item.get(key)]
    named += [value for value in item.values() if isinstance(value, str) and value]
    return str(named[0]) if named else ""


def _number(item: Any, keys: Sequence[str]) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    return "/".join(str(item.get(key) or "") for key in keys)
