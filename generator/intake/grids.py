"""A workbook as it was read: sheets of cells with their places. Knows no spreadsheet format, and trusts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.problems import Source


class CellPlace(Source):
    """A cell's place: the path is the sheet's name, line and column count from 1; written `チェックリスト!E7`."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{self.path}!{letters(self.column)}{self.line}"


def letters(column: int) -> str:
    """The letters of a column: 1 is `A`, 27 is `AA`."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


@dataclass(frozen=True)
class Cell:
    """What a cell holds."""

    value: Any
    """str, int, float, bool, date, datetime or something else that was read; of a formula its text."""
    kind: str = "value"
    """`value`, `formula`, or `error` for what a program could not compute."""


EMPTY = Cell(None)


@dataclass(frozen=True)
class Grid:
    """A sheet."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    """What is not empty, by row and then by column, both from 1 and in order."""
    hidden: bool = False
    merged: tuple[str, ...] = ()
    """Ranges of cells made one: `B7:C8`."""

    def place(self, row: int, column: int) -> CellPlace:
        """Where a cell is."""
        return CellPlace(self.title, row, column)


@dataclass(frozen=True)
class Sheets:
    """A workbook."""

    grids: Mapping[str, Grid] = field(default_factory=dict)
    """By title, in their order."""
