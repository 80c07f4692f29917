"""What was changed in a workbook is told apart from what others changed in the data since it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from generator.intake.grids import Cell, Grid
from generator.intake.sheetchanges import New, TableChanges, changes, name_new, with_new
from generator.intake.sheetreading import read
from generator.intake.tables import ID, Choices, Column, Home, Row, Table
from generator.problems import Source

COLUMNS = (
    Column(ID, "記号"),
    Column("name", "氏名", editable=True),
    Column("phone", "電話", editable=True),
    Column("role", "役割"),
)
HOME = Home("staff", "data/contracts/mihon/staff.yml", "people", "id")
WRITTEN = {"p1": ("見本 太郎", "01", "責任者"), "p2": ("例示 花子", "02", "担当")}
"""What the sheet said when it was written."""


def _table(now: Mapping[str, Sequence[str]], home: Home = HOME, fixed: str = "") -> Table:
    rows = (Row(name, (name, *said), Source(HOME.path), fixed=name == fixed) for name, said in now.items())
    return Table("people", "名簿", "名簿", COLUMNS, tuple(rows), home)


def _changes(
    sheet: Sequence[Sequence[str]],
    now: Mapping[str, Sequence[str]] = WRITTEN,
    table: Table | None = None,
    written: Mapping[str, Sequence[str]] | None = WRITTEN,
) -> TableChanges:
    rows = [[column.title for column in COLUMNS], *sheet]
    grid = Grid("名簿", {n: {c: Cell(text) for c, text in enumerate(row, 1) if text} for n, row in enumerate(rows, 1)})
    keys = [column.key for column in COLUMNS]
    kept = (
        None
        if written is None
        else {name: dict(zip(keys, (name, *said), strict=True)) for name, said in written.items()}
    )
    found, problems = read(table or _table(now), grid)
    assert problems == []
    return changes(found, kept, {})


def _puts(found: TableChanges) -> list[tuple[str, str, object]]:
    return [(put.row.id, put.column.key, put.value) for put in found.puts]


def _told(found: TableChanges) -> list[tuple[str, str, str]]:
    return [(str(problem.source), problem.code, problem.severity) for problem in found.problems]


SAME = [["p1", "見本 太郎", "01", "責任者"], ["p2", "例示 花子", "02", "担当"]]


@pytest.mark.parametrize("sheet", [SAME, SAME[::-1], [SAME[0], [], [], SAME[1]]], ids=["as written", "sorted", "moved"])
def test_rows_pair_by_id_wherever_they_stand(sheet: list[list[str]]) -> None:
    """Sorting a sheet and moving its rows is no change."""
    found = _changes(sheet)
    assert (_puts(found), found.news, found.gone, found.problems) == ([], [], [], [])


def test_cells_that_say_something_else() -> None:
    """A value, a value that was emptied, and their places."""
    found = _changes([["p2", "例示 華子", "", "担当"], SAME[0]])
    assert _puts(found) == [("p2", "name", "例示 華子"), ("p2", "phone", None)]
    assert str(found.puts[0].place) == "名簿!B2"


def test_what_others_changed_since_stays() -> None:
    """A cell that still says what was written is no wish to write it again."""
    now = {**WRITTEN, "p1": ("見本 太郎", "99", "責任者"), "p3": ("後 から", "03", "")}
    found = _changes([SAME[0], ["p2", "例示 花子", "22", "担当"]], now)
    assert (_puts(found), found.gone, found.problems) == ([("p2", "phone", "22")], [], [])


def test_both_changed_the_same_cell() -> None:
    """Where the sheet and the data changed differently, nobody decides; where they agree, nothing is to be done."""
    now = {**WRITTEN, "p1": ("見本 太郎", "99", "責任者"), "p2": ("例示 花子", "22", "担当")}
    found = _changes([["p1", "見本 太郎", "11", "責任者"], ["p2", "例示 花子", "22", "担当"]], now)
    assert (_puts(found), _told(found)) == ([], [("名簿!C2", "XLS008", "error")])
    assert "データの側でも「99」に変わっています（この表では「11」）" in found.problems[0].message


def test_row_that_others_took_away() -> None:
    """Nothing can be changed in what the data no longer have; left as it was, it is nobody's business."""
    now = {"p1": WRITTEN["p1"]}
    assert _told(_changes(SAME, now)) == []
    assert _told(_changes([SAME[0], ["p2", "例示 花子", "22", "担当"]], now)) == [("名簿!C3", "XLS008", "error")]


def test_columns_and_rows_that_are_only_shown() -> None:
    """What cannot be taken over is told, not dropped in silence."""
    assert _told(_changes([["p1", "見本 太郎", "01", "部長"], SAME[1]])) == [("名簿!D2", "XLS009", "warning")]
    fixed = _table(WRITTEN, fixed="p2")
    assert _told(_changes([SAME[0], ["p2", "例示", "02", "担当"]], table=fixed)) == [("名簿!B3", "XLS009", "warning")]


def test_value_that_is_not_in_the_data_cannot_be_emptied() -> None:
    """What a row shows without being kept in its file comes from elsewhere, and goes elsewhere."""
    rows = (Row("p1", ("p1", *WRITTEN["p1"])), Row("p2", ("p2", *WRITTEN["p2"]), Source(HOME.path)))
    table = Table("people", "名簿", "名簿", COLUMNS, rows, HOME)
    found = _changes([["p1", "", "11", "責任者"], SAME[1]], table=table)
    assert (_puts(found), _told(found)) == ([("p1", "phone", "11")], [("名簿!B2", "XLS009", "warning")])


def test_rows_that_are_gone_are_told() -> None:
    """A row that the sheet no longer has is named; one that cannot be changed here is not missed."""
    found = _changes([SAME[1]])
    assert ([row.id for row in found.gone], _told(found)) == (["p1"], [("名簿!A1", "XLS010", "warning")])
    assert "記号「p1」（見本 太郎）の行がありません" in found.problems[0].message
    assert _changes([SAME[1]], table=_table(WRITTEN, fixed="p1")).gone == []


def test_new_rows_get_ids() -> None:
    """A row without an id is new, and so is one with an id that nobody has; the next id is asked for in order."""
    found = _changes([*SAME, ["", "新 人"], ["p7", "新 七"], ["", "新 八"]])
    taken: list[list[str]] = []

    def next_id(new: New, ids: Sequence[str]) -> str:
        taken.append([*ids])
        return f"n{new.read.number}"

    name_new(found, next_id)
    assert [(new.id, new.values["name"]) for new in found.news] == [("n4", "新 人"), ("p7", "新 七"), ("n6", "新 八")]
    assert taken == [["p1", "p2", "p7"], ["p1", "p2", "p7", "n4"]]
    choices = with_new(Choices.of("人", [("p1", "見本 太郎")]), found, "name")
    assert choices.value("新 七") == "p7"


@pytest.mark.parametrize(
    ("row", "home", "message"),
    [
        (["", "新 人"], Home("staff", HOME.path, "people", "id", grows=False), "この行に記号がありません"),
        (
            ["p9", "新 人"],
            Home("staff", HOME.path, "people", "id", grows=False),
            "記号「p9」の行は書き出した表にありません",
        ),
        (["p9", "新 人"], Home("staff", HOME.path, "people"), "記号「p9」の行は書き出した表にありません"),
        (["../x", "新 人"], HOME, "「../x」は記号に使えません"),
    ],
)
def test_rows_that_nobody_knows(row: list[str], home: Home, message: str) -> None:
    """Where there can be no new rows, or not under that id, the row is refused at its id."""
    found = _changes([*SAME, row], table=_table(WRITTEN, home))
    assert [(str(p.source), p.code, p.message) for p in found.problems] == [("名簿!A4", "XLS007", message)]
    assert found.news == []


def test_new_row_that_says_what_another_says() -> None:
    """Where rows are known by what they say, saying it twice is a slip."""
    found = _changes(
        [*SAME, ["", "見本 太郎", "01"], ["", "見本 太郎", "03"]],
        table=_table(WRITTEN, Home("staff", HOME.path, "people")),
    )
    assert [(str(p.source), p.message) for p in found.problems] == [("名簿!A4", "名簿!A2 と同じ内容の行です")]


def test_workbook_that_does_not_remember() -> None:
    """Without what was kept, the data as they are take its place; what was only shown is not judged."""
    found = _changes([["p1", "見本 太郎", "11", "部長"]], written=None)
    assert (_puts(found), [row.id for row in found.gone]) == ([("p1", "phone", "11")], ["p2"])
    assert _told(found) == [("名簿!A1", "XLS010", "warning")]
