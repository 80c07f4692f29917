"""Where in a file each value stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.problems import Source


@dataclass(slots=True)
class Spot:
    """The place of one value and of the values inside it. Lines and columns count from 1."""

    line: int
    column: int
    key_line: int = 0
    key_column: int = 0
    children: dict[str | int, Spot] = field(default_factory=dict)

    def at(self, path: Sequence[str | int]) -> Spot:
        """The value under a path, or the nearest enclosing one that exists."""
        spot = self
        for step in path:
            if step not in spot.children:
                break
            spot = spot.children[step]
        return spot

    def source(self, file: str) -> Source:
        """The place of the value itself."""
        return Source(file, self.line, self.column)

    def key_source(self, file: str) -> Source:
        """The place of the key in front of the value; the value's own where there is none."""
        return Source(file, self.key_line, self.key_column) if self.key_line else self.source(file)


@dataclass(frozen=True, slots=True)
class Located:
    """The places inside one record of a file."""

    spot: Spot
    file: str

    def source_of(self, path: tuple[str | int, ...]) -> Source:
        """The place of the value under a path, or of what encloses it."""
        return self.spot.at(path).source(self.file)
