"""The working tree held still: files that an editor changes while they are looked at are met once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.intake.tree import WorkingTree, inside


@dataclass
class StillTree:
    """The working tree as it is met: what was listed or read once stays that, whatever an editor does meanwhile.

    So nothing that is made of it, or kept under its name, is made of two states of a file.
    """

    root: Path
    before: Mapping[str, Met] = field(default_factory=dict)
    """What an earlier tree met: a file that has not been touched since is not read again."""
    met: dict[str, Met] = field(default_factory=dict)
    """The files that were read."""
    gone: set[str] = field(default_factory=set)
    """Those that were not there any more, and links to nothing."""
    _listed: dict[str, list[str]] = field(default_factory=dict)

    def files(self, under: str) -> Iterator[str]:
        """Every file below a folder, sorted; hidden files and folders are left out."""
        for above, found in self._listed.items():
            if f"{under}/".startswith(f"{above}/"):
                return (path for path in found if path.startswith(f"{under}/"))
        self._listed[under] = list(WorkingTree(self.root).files(under))
        return iter(self._listed[under])

    def read(self, path: str) -> bytes:
        """The content of a file; OSError where it cannot be read."""
        if path not in self.met:
            place, before = inside(self.root, path), self.before.get(path)
            try:
                same = before is not None and before.place == place and before.stamp == _stamp(place.stat())
                self.met[path] = before if before is not None and same else _met(place)
            except FileNotFoundError:
                self.gone.add(path)
                raise
        return self.met[path].content


@dataclass(frozen=True)
class Met:
    """A file as it was read."""

    place: Path
    stamp: tuple[int, ...]
    """Changes whenever the file does."""
    content: bytes


def _met(place: Path) -> Met:
    with place.open("rb") as file:
        return Met(place, _stamp(os.fstat(file.fileno())), file.read())


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
