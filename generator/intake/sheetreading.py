"""A sheet that came back, row by row: its head is found again, columns by their titles and rows by their ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.intake.cellvalues import said
from generator.intake.grids import EMPTY, Cell, CellPlace, Grid
from generator.intake.tables import ID, Column, Table, folded
from generator.problems import Problem

PROBLEM_CODES = {
    "XLS004": "取り込むシートがない・隠れている",
    "XLS005": "シートの見出しの誤り",
    "XLS006": "結合されたセル",
    "XLS007": "行の記号の誤り",
}

_HEAD_WITHIN = 30
"""In so many rows from the top the head is looked for."""


@dataclass(frozen=True)
class ReadRow:
    """A row of a sheet as it came back."""

    id: str
    """Empty where nothing stands in the column of ids."""
    number: int
    cells: Mapping[str, Cell]
    """By the key of the column; only of columns that the sheet still has."""
    grid: Grid
    columns: Mapping[str, int]

    def place(self, key: str = ID) -> CellPlace:
        """Where a cell is."""
        return self.grid.place(self.number, self.columns[key])


@dataclass(frozen=True)
class ReadTable:
    """A sheet as it came back."""

    table: Table
    rows: tuple[ReadRow, ...]


def read(table: Table, grid: Grid | None) -> tuple[ReadTable | None, list[Problem]]:
    """The rows of a sheet; None where the sheet is not there, is hidden, or cannot be read for sure."""
    if grid is None:
        place = CellPlace(table.title)
        hint = "シートの名を変えたのなら元に戻し、消したのなら nohin export xlsx で書き出し直してください"
        return None, [Problem(place, "XLS004", f"シート「{table.title}」がありません", hint)]
    if grid.hidden:
        hint = "シートを表示し、中身を確かめてから取り込んでください"
        return None, [Problem(grid.place(1, 1), "XLS004", f"シート「{table.title}」が隠れています", hint)]
    head, columns = _head(table, grid)
    merged = list(_merged(grid, head, columns))
    problems = [*_head_problems(table, grid, head, columns), *map(_merged_problem, merged)]
    if any(problem.severity == "error" and problem.source.line == head for problem in problems):
        return None, problems
    rows = tuple(_rows(table, grid, head, columns, merged))
    return ReadTable(table, rows), [*problems, *_repeated(rows)]


def _head(table: Table, grid: Grid) -> tuple[int, dict[str, int]]:
    """The row in which most of the columns are named, and where each is."""
    titles = {folded(column.title): column.key for column in table.columns}
    found: dict[int, dict[str, int]] = {}
    for row, cells in grid.rows.items():
        for column, cell in cells.items() if row <= _HEAD_WITHIN else ():
            key = titles.get(folded(str(cell.value)))
            if key is not None:
                found.setdefault(row, {}).setdefault(key, column)
    row = max(found, key=lambda number: (len(found[number]), -number), default=1)
    return row, found.get(row, {})


def _head_problems(table: Table, grid: Grid, head: int, columns: Mapping[str, int]) -> Iterator[Problem]:
    cells = grid.rows.get(head, {})
    titles = [folded(str(cell.value)) for cell in cells.values()]
    hint = "見出しの行は書き出したままにしてください"
    for column in table.columns:
        needed = column.key == ID or column.editable
        if needed and column.key not in columns:
            yield Problem(grid.place(head, 1), "XLS005", f"見出し「{column.title}」がありません", hint)
        elif needed and titles.count(folded(column.title)) > 1:
            place = grid.place(head, columns[column.key])
            yield Problem(place, "XLS005", f"見出し「{column.title}」が二つ以上あります", hint)
    known = {folded(column.title) for column in table.columns}
    for number, cell in cells.items():
        if folded(str(cell.value)) not in known and str(cell.value).strip():
            message = f"「{str(cell.value).strip()[:40]}」の列は取り込みません"
            yield Problem(grid.place(head, number), "XLS005", message, "書き出した表にない列です", "warning")


@dataclass(frozen=True)
class _Merged:
    """Cells that were made one: what each of them says cannot be known."""

    name: str
    place: CellPlace
    rows: range
    columns: range


def _merged(grid: Grid, head: int, columns: Mapping[str, int]) -> Iterator[_Merged]:
    """The merged cells that touch the table."""
    for name in grid.merged:
        match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?", name)
        if match is None or int(match[4] or match[2]) < head:
            continue
        first, last = (_number(match[1]), _number(match[3] or match[1]))
        top, bottom = int(match[2]), int(match[4] or match[2])
        if any(first <= column <= last for column in columns.values()):
            place = grid.place(max(top, head), first)
            yield _Merged(name, place, range(top, bottom + 1), range(first, last + 1))


def _merged_problem(merged: _Merged) -> Problem:
    message = f"{merged.name} のセルが結合されています"
    return Problem(merged.place, "XLS006", message, "結合を解いて、行ごとに値を書いてください")


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _rows(
    table: Table, grid: Grid, head: int, columns: Mapping[str, int], merged: Sequence[_Merged]
) -> Iterator[ReadRow]:
    """The rows below the head that say something, without their merged cells."""
    by_key = {column.key: column for column in table.columns}
    wanted = [(key, by_key[key], number) for key, number in columns.items()]
    for row, own in grid.rows.items():
        cells = {key: own.get(number, EMPTY) for key, _, number in wanted}
        text = {key: said(cells[key], column) for key, column, _ in wanted}
        if row > head and any(said for key, said in text.items() if key != ID):
            lost = {column for one in merged if row in one.rows for column in one.columns}
            left = {key: cell for key, cell in cells.items() if columns[key] not in lost}
            yield ReadRow(text[ID].strip(), row, left, grid, columns)


def _repeated(rows: Sequence[ReadRow]) -> Iterator[Problem]:
    """Rows with the id of an earlier one: which of them is meant cannot be known."""
    first = {row.id: row for row in reversed(rows)}
    counts = Counter(row.id for row in rows if row.id)
    for row in rows:
        if counts[row.id] > 1 and row is not first[row.id]:
            message = f"記号「{row.id}」が {first[row.id].place()} と重なっています"
            hint = "写して作った行なら、記号を空欄にすると新しい行になります"
            yield Problem(row.place(), "XLS007", message, hint)


def texts(row: ReadRow, columns: Sequence[Column]) -> dict[str, str]:
    """What the cells of a row say, by the key of the column."""
    return {column.key: said(row.cells[column.key], column) for column in columns if column.key in row.cells}
