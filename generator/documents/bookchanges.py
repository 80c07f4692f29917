"""差分: what a system change made of a book, part by part, and its comparison table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents.books import Book, Part
from generator.documents.changenames import Sides
from generator.documents.changewords import sentences
from generator.documents.comparisontable import Group, Unit, table
from generator.documents.designstates import after, before
from generator.documents.partlines import read, side_by_side
from generator.history.comparison import compare
from generator.intake.datafiles import DataFile
from generator.intake.positions import Spot
from generator.intake.schema import DESIGN, load_schemas
from generator.model import OVERVIEW, Contract, Difference, Effect, Entry

ADDED, REMOVED, CHANGED = "追加", "削除", "変更"


@dataclass(frozen=True)
class ChangedPart:
    """A chapter, section or part that reads otherwise."""

    what: str
    part: Part
    """As it is after; as it was before, where it is gone."""


def changed_parts(old: Book, new: Book) -> list[ChangedPart]:
    """The parts that differ in what they say themselves, in the order of the book; what is gone comes last.

    Of a chapter that is new or gone its parts are not told again.
    """
    was, now = ({part.name: part for part in book.walk()} for book in (old, new))
    found = [*_present(was, now.values()), *_gone(was.values(), now)]
    return found


def _present(was: dict[str, Part], now: Iterable[Part]) -> Iterator[ChangedPart]:
    fresh: list[str] = []
    for part in now:
        if any(part.name.startswith(f"{name}/") for name in fresh):
            continue
        old = was.get(part.name)
        if old is None:
            fresh.append(part.name)
            yield ChangedPart(ADDED, part)
        elif (_says(old), old.title) != (_says(part), part.title):
            yield ChangedPart(CHANGED, part)


def _says(part: Part) -> list[str]:
    """What a part says itself; where the parts inside were taken out, only empty lines are left."""
    return [line for line in part.own.splitlines() if line.strip()]


def _gone(was: Iterable[Part], now: dict[str, Part]) -> Iterator[ChangedPart]:
    dropped: list[str] = []
    for part in was:
        if part.name not in now and not any(part.name.startswith(f"{name}/") for name in dropped):
            dropped.append(part.name)
            yield ChangedPart(REMOVED, part)


# --- the comparison of what is read -----------------------------------------------------------------------------


def parts_table(was: Book, now: Book) -> list[Group]:
    """The changed parts of a book as a comparison table: what is read before and after, chapter by chapter."""
    old = {part.name: part for part in was.walk()}
    groups: dict[str, list[Unit]] = {}
    for one in changed_parts(was, now):
        chapter = (was if one.what == REMOVED else now).chapter_of(one.part)
        sides = (old.get(one.part.name), None if one.what == REMOVED else one.part)
        lines = [read(book, part, one.what == CHANGED) for book, part in zip((was, now), sides, strict=True)]
        if one.what == CHANGED and len({part.title for part in sides if part}) > 1:
            lines = [[part.title, *said] for part, said in zip(sides, lines, strict=True) if part]
        row = side_by_side(f"{one.part.number}　{one.part.title}", *lines)
        groups.setdefault(f"第{chapter.number}章　{chapter.title}", []).append(Unit("", "", (row,)))
    return [Group(title, tuple(units)) for title, units in groups.items()]


# --- the comparison table ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """What a change made of the data of a book: in sentences, and as a comparison table."""

    known: bool
    told: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()


def design_changes(contract: Contract, change: Entry, kinds: Collection[str] | None = None) -> Comparison:
    """What a system change did to the design: to all of it, or to these kinds of thing."""
    effect = contract.effects.get(change.id, Effect())
    wanted = [one for one in effect.differences if one.place == "design"]
    wanted = [one for one in wanted if kinds is None or one.name.partition("/")[0] in kinds]
    files = [_files(contract, wanted, new) for new in (False, True)]
    sides = Sides(before(contract, change), after(contract, change))
    found = compare(*files)
    return Comparison(effect.known, tuple(sentences(found, sides)), tuple(table(found, sides)))


def _files(contract: Contract, wanted: Sequence[Difference], new: bool) -> list[DataFile]:
    """The files that hold the things that changed, with nothing else in them."""
    found: dict[str, dict[str, Any]] = {}
    for one in wanted:
        kind, _, name = one.name.partition("/")
        value = one.after if new else one.before
        file = found.setdefault(kind, {} if kind == OVERVIEW else {kind: []})
        if value is not None and kind == OVERVIEW:
            file[name] = value
        elif value is not None:
            file[kind].append(value)
    return [_file(DESIGN + kind, contract.id, value) for kind, value in found.items()]


def _file(kind: str, contract: str, value: Mapping[str, Any]) -> DataFile:
    names = {"contract": contract}
    return DataFile(load_schemas().by_kind[kind].files.format(**names), kind, names, value, Spot(1, 1))
