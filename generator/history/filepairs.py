"""Which data file before is which data file after, where contracts and files have changed their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.history.pairing import canonical, pairs
from generator.intake.datafiles import DataFile

Shelf = Mapping[tuple[str | None, str], list[DataFile]]
"""Files by contract (empty for those outside) and kind, in order of their names."""


@dataclass(frozen=True, slots=True)
class FilePair:
    """A data file before and after; None where there is none. Both can be read."""

    before: DataFile | None
    after: DataFile | None


def paired(before: Sequence[DataFile], after: Sequence[DataFile]) -> list[FilePair]:
    """Every file once, in order of its path; a file that cannot be read is left out on both sides.

    Contracts are paired by name, those of other names by what they hold; so are the files of a kind in a contract.
    """
    old, new = _shelved(before), _shelved(after)
    found: list[FilePair] = []
    for was, now in _contracts(old, new):
        for kind in sorted({kind for side, of in ((old, was), (new, now)) for name, kind in side if name == of}):
            found += _files(old.get((was, kind), []), new.get((now, kind), []))
    return sorted(found, key=_path)


def _path(pair: FilePair) -> str:
    file = pair.after or pair.before
    return file.path if file else ""


def _shelved(files: Sequence[DataFile]) -> Shelf:
    shelf: dict[tuple[str | None, str], list[DataFile]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.path):
        shelf[file.names.get("contract", ""), file.kind].append(file)
    return dict(shelf)


# --- contracts ------------------------------------------------------------------------------------------


def _contracts(old: Shelf, new: Shelf) -> Iterator[tuple[str | None, str | None]]:
    """Each contract once, and what lies outside of contracts."""
    before, after = ({contract for contract, _ in shelf if contract} for shelf in (old, new))
    renamed = _renamed(old, new, sorted(before - after), sorted(after - before))
    yield from ((name, name) for name in ("", *sorted(before & after)))
    yield from sorted(renamed.items())
    yield from ((name, None) for name in sorted(before - after - {*renamed}))
    yield from ((None, name) for name in sorted(after - before - {*renamed.values()}))


def _renamed(old: Shelf, new: Shelf, gone: Sequence[str], came: Sequence[str]) -> dict[str, str]:
    """Of contracts that went and came, those with the most files in common are one."""
    said = {("old", name): _said(old, name) for name in gone} | {("new", name): _said(new, name) for name in came}
    alike = [(-len(said["old", was] & said["new", now]), was, now) for was in gone for now in came]
    found: dict[str, str] = {}
    for common, was, now in sorted(alike):
        if common and was not in found and now not in found.values():
            found[was] = now
    return found


def _said(shelf: Shelf, contract: str) -> set[tuple[str, str]]:
    """What a contract's files hold, each as a whole, and its title."""
    files = [(kind, file) for (name, kind), files in shelf.items() if name == contract for file in files]
    said = {(kind, canonical(file.value)) for kind, file in files if file.value is not None}
    return said | {("title", str((file.value or {}).get("title"))) for kind, file in files if kind == "contract"}


# --- files of a kind ------------------------------------------------------------------------------------


def _files(before: Sequence[DataFile], after: Sequence[DataFile]) -> Iterator[FilePair]:
    """The files of a kind in a contract: by name, else by their whole content."""
    old, new = ([file for file in side if file.value is not None] for side in (before, after))
    broken = {file.names.get("id") for file in (*before, *after) if file.value is None}
    items = [[{"id": file.names.get("id"), "value": file.value} for file in side] for side in (old, new)]
    for pair in pairs(items[0], items[1], ("id",), ("value",)):
        first = old[pair.before] if pair.before is not None else None
        second = new[pair.after] if pair.after is not None else None
        if (first and second) or not {file.names.get("id") for file in (first, second) if file} & broken:
            yield FilePair(first, second)
