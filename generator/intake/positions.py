"""Where in a file each value stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.problems import Source


class Spot:
    """The place of one value and of the values inside it. Lines and columns count from 1.

    The inner places may be given as a function that is called when the first of them is asked for: most never are.
    """

    __slots__ = ("_children", "_later", "column", "key_column", "key_line", "line")

    def __init__(
        self,
        line: int,
        column: int,
        key_line: int = 0,
        key_column: int = 0,
        children: dict[str | int, Spot] | None = None,
        later: Callable[[], dict[str | int, Spot]] | None = None,
    ) -> None:
        self.line, self.column, self.key_line, self.key_column = line, column, key_line, key_column
        self._children, self._later = children, later

    @property
    def children(self) -> dict[str | int, Spot]:
        """The places of the values inside, by key or index."""
        if self._children is None:
            self._children = self._later() if self._later else {}
        return self._children

    def without_children(self) -> Spot:
        """The place of the value alone."""
        return Spot(self.line, self.column, self.key_line, self.key_column)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spot):
            return NotImplemented
        mine, theirs = ((s.line, s.column, s.key_line, s.key_column, s.children) for s in (self, other))
        return mine == theirs

    __hash__ = None  # type: ignore[assignment]  # its places can change

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
