"""A sheet that came back: its head is found wherever it stands now, and what does not fit is named by sheet and cell."""

from __future__ import annotations

from typing import Any

import pytest

from generator.intake.grids import Cell, CellPlace, Grid, letters
from generator.intake.sheetreading import read, texts
from generator.intake.tables import ID, Column, Home, Table

TABLE = Table(
    "people",
    "名簿",
    "従事者名簿",
    (
        Column(ID, "記号"),
        Column("name", "氏名", editable=True),
        Column("phone", "電話", editable=True),
        Column("role", "役割"),
    ),
    (),
    Home("staff", "data/contracts/mihon/staff.yml", "people", "id"),
)

SHEET = [
    ["", "従事者名簿"],
    [],
    ["記号", "氏名", "電話", "役割"],
    ["p1", "見本 太郎", "00", "責任者"],
    [],
    ["p2", "例示 花子"],
    ["", "新 人"],
    ["p9"],
]


def _grid(rows: list[list[Any]], **more: Any) -> Grid:
    cells = {
        number: {
            column: value if isinstance(value, Cell) else Cell(value)
            for column, value in enumerate(row, 1)
            if value != ""
        }
        for number, row in enumerate(rows, 1)
    }
    return Grid("名簿", {number: row for number, row in cells.items() if row}, **more)


def test_rows_with_ids_and_without() -> None:
    """Each row that says something has its id, its cells and their places; a row with nothing but an id is none."""
    table, problems = read(TABLE, _grid(SHEET))
    assert (table is not None, problems) == (True, [])
    assert [(row.id, row.number, texts(row, TABLE.columns)["name"]) for row in table.rows] == [
        ("p1", 4, "見本 太郎"),
        ("p2", 6, "例示 花子"),
        ("", 7, "新 人"),
    ]
    assert str(table.rows[0].place("phone")) == "名簿!C4"


def test_columns_are_found_by_their_titles() -> None:
    """Columns may have changed places, others may stand between them, and what is only shown may be gone."""
    moved = [["メモ", "電 話", "氏名", "記号"], ["急ぐ", "00", "見本 太郎", "p1"]]
    table, problems = read(TABLE, _grid(moved))
    assert texts(table.rows[0], TABLE.columns) == {ID: "p1", "name": "見本 太郎", "phone": "00"}
    assert [(str(p.source), p.severity, p.message) for p in problems] == [
        ("名簿!A1", "warning", "「メモ」の列は取り込みません")
    ]


WRONG = {
    "no sheet": (None, "名簿!A1", "XLS004", "シート「名簿」がありません"),
    "a hidden sheet": (_grid(SHEET, hidden=True), "名簿!A1", "XLS004", "シート「名簿」が隠れています"),
    "a head that was rewritten": (
        _grid([["記号", "名前", "電話"], ["p1", "見本"]]),
        "名簿!A1",
        "XLS005",
        "見出し「氏名」がありません",
    ),
    "a head without ids": (_grid([["氏名", "電話"], ["見本"]]), "名簿!A1", "XLS005", "見出し「記号」がありません"),
    "an empty sheet": (_grid([]), "名簿!A1", "XLS005", "見出し「記号」がありません"),
    "a title twice": (
        _grid([["記号", "氏名", "電話", "氏名"], ["p1"]]),
        "名簿!B1",
        "XLS005",
        "見出し「氏名」が二つ以上あります",
    ),
    "merged cells": (_grid(SHEET, merged=("B4:C6",)), "名簿!B4", "XLS006", "B4:C6 のセルが結合されています"),
    "a row that was copied": (
        _grid([*SHEET, ["p1", "例示 三郎"]]),
        "名簿!A9",
        "XLS007",
        "記号「p1」が 名簿!A4 と重なっています",
    ),
}


@pytest.mark.parametrize(("grid", "place", "code", "message"), WRONG.values(), ids=list(WRONG))
def test_what_does_not_fit_is_named_by_its_cell(grid: Grid | None, place: str, code: str, message: str) -> None:
    """A sheet that cannot be read for sure is not read."""
    problem = next(p for p in read(TABLE, grid)[1] if p.severity == "error")
    assert (str(problem.source), problem.code, problem.message) == (place, code, message)
    assert problem.hint


def test_merged_cells_above_the_table_do_no_harm() -> None:
    """Only where rows and columns of the table are, each cell has to stand alone."""
    assert read(TABLE, _grid(SHEET, merged=("A1:C2", "G4:H9")))[1] == []


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    """As spreadsheets count them."""
    assert letters(column) == name
    assert str(CellPlace("表", 3, column)) == f"表!{name}3"
