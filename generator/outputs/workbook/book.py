"""A contract's workbook: which sheets it has, what stands above them, and what it keeps for the way back.

Two more sheets are hidden: the words that can be chosen, and what every cell said when the workbook was written. By the
latter the way back knows what was changed in the workbook, and what others changed in the data since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.intake.cellvalues import told
from generator.intake.eras import wareki
from generator.intake.grids import EMPTY, Cell, Sheets
from generator.intake.sheetchanges import Kept
from generator.intake.tables import SORTS, Choices, Table
from generator.model import Contract
from generator.outputs.workbook import tables as workbooktables
from generator.outputs.workbook import views
from generator.problems import NohinError

WORDS, KEPT = "選択肢", "控え"
"""The names of the hidden sheets."""

FORM = "nohin-1"
"""What the sheet of what was kept begins with."""

SAMPLE = "見本　受注者・人物・記録は実在しません。"


@dataclass(frozen=True)
class Book:
    """A workbook to be written."""

    contract: Contract
    as_of: dt.date
    tables: Sequence[Table]
    choices: Mapping[str, Choices]

    @property
    def lines(self) -> list[str]:
        """What stands above every sheet, below its heading."""
        head = self.contract.head
        whose = f"{head.title}（{self.contract.id}）　{self.contract.authority.name}　／　{self.contract.vendor.name}"
        period = f"契約期間 {wareki(head.period.start)}から{wareki(head.period.end)}まで"
        return [whose, f"{wareki(self.as_of)}現在　{period}"]

    @property
    def kept(self) -> Iterator[tuple[str, ...]]:
        """What every table says, row by row, for the way back."""
        yield (FORM, self.contract.id, self.as_of.isoformat())
        for table in self.tables:
            if table.home is not None:
                yield ("table", table.key, *(column.key for column in table.columns))
                for row in table.rows:
                    yield ("row", table.key, *map(told, row.forms))


def book(contract: Contract, as_of: dt.date, wanted: Sequence[str] = ()) -> Book:
    """The workbook of a contract with the sheets that are wanted, or all."""
    chosen = wanted or SORTS
    tables = [t for t in workbooktables.tables(contract, as_of) if workbooktables.SORTS[t.key] in chosen]
    tables += [views.due(contract, as_of)] if "deadlines" in chosen else []
    tables += [views.matrix(contract)] if "clauses" in chosen else []
    return Book(contract, as_of, tables, workbooktables.choices(contract))


@dataclass(frozen=True)
class Memory:
    """What a workbook still knows of the day it was written."""

    contract: str
    tables: Mapping[str, Kept]


def memory(sheets: Sheets) -> Memory | None:
    """What was kept; None where the sheet is gone. NohinError where another version of nohin wrote it."""
    grid = sheets.grids.get(KEPT)
    if grid is None:
        return None
    rows = [_texts(cells) for cells in grid.rows.values()]
    if not rows or rows[0][:1] != [FORM]:
        raise NohinError(f"シート「{KEPT}」が読めません。nohin export xlsx で書き出し直してください")
    columns: dict[str, list[str]] = {}
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for sort, key, *texts in (row for row in rows[1:] if len(row) > 1):
        if sort == "table":
            columns[key], tables[key] = texts, {}
        elif key in tables:
            padded = [*texts, *[""] * len(columns[key])]
            tables[key][padded[0]] = dict(zip(columns[key], padded, strict=False))
    return Memory(rows[0][1] if len(rows[0]) > 1 else "", tables)


def _texts(cells: Mapping[int, Cell]) -> list[str]:
    return [told(cells.get(column, EMPTY).value) for column in range(1, max(cells, default=0) + 1)]
