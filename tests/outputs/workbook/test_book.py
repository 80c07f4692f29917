"""What a workbook keeps of the day it was written, for the way back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.checking import check
from generator.intake.grids import Cell, Grid, Sheets
from generator.outputs.workbook.book import KEPT, book, memory
from generator.problems import NohinError
from tests.support import CONTRACT, Project, whole_project


def _kept(*rows: list[str]) -> Sheets:
    cells = {n: {c: Cell(text) for c, text in enumerate(row, 1) if text} for n, row in enumerate(rows, 1)}
    return Sheets({KEPT: Grid(KEPT, cells, hidden=True)})


def test_memory_is_what_was_kept(tmp_path: Path) -> None:
    """Contract and cells come back as they were written, empty ones too."""
    there = Project(tmp_path).write(whole_project({f"{CONTRACT}/checklist.yml": "answers: []\n"}))
    made = book(check(there.root).loaded.portfolio.contracts["mihon"], dt.date(2026, 5, 1))
    found = memory(_kept(*([*row] for row in made.kept)))
    assert found is not None
    assert (found.contract, [*found.tables]) == (
        "mihon",
        ["checklist", "people", "appointments", "pledges", "training", "work"],
    )
    assert found.tables["people"]["p1"]["phone"] == "00-0000-0001"
    assert found.tables["people"]["p1"]["email"] == ""
    assert found.tables["checklist"]["mihon-terms/1"]["answer"] == ""
    assert found.tables["pledges"] == {}


def test_workbook_without_memory() -> None:
    """The sheet may be gone; that is no error of its own."""
    assert memory(Sheets({})) is None


@pytest.mark.parametrize("rows", [[], [["nohin-0", "mihon"]], [["記号", "氏名"]]])
def test_memory_of_another_version_is_refused(rows: list[list[str]]) -> None:
    """What cannot be understood is not guessed at."""
    with pytest.raises(NohinError, match="書き出し直してください"):
        memory(_kept(*rows))
