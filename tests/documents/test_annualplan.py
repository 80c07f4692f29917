"""年間計画表: the marks of a fiscal year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from generator.documents.annualplan import annual_plan
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract, Period
from tests.support import CONTRACT, WHOLE, Project, whole_project

YEAR = Period(start=dt.date(2026, 4, 1), end=dt.date(2027, 3, 31))
PLAN = f"{CONTRACT}/plan.yml"


def _contract(project: Callable[..., Project], changes: dict[str, str] | None = None) -> Contract:
    return load(WorkingTree(project(whole_project(changes)).root)).portfolio.contracts["mihon"]


def _marks(contract: Contract, title: str) -> list[str]:
    rows = [row for _, rows in annual_plan(contract, YEAR).groups for row in rows]
    (row,) = [row for row in rows if row.title == title]
    return list(row.marks)


def test_plan_runs_from_april_to_march(project: Callable[..., Project]) -> None:
    """A sheet has twelve months in the order of the fiscal year."""
    months = annual_plan(_contract(project), YEAR).months
    assert [month.start.month for month in months] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]


def test_planned_and_done(project: Callable[..., Project]) -> None:
    """○ where planned, ● with its day only where the day is recorded, nothing outside the task's time."""
    task = "  - id: drill\n    title: 訓練\n    {}\n"
    shapes = {
        "months: [6, 12]": [""] * 2 + ["○"] + [""] * 5 + ["○"] + [""] * 3,
        "each: quarter": ["", "", "○"] * 4,
        "each: half_year": ["", "", "", "", "", "○"] * 2,
        "each: month\n    start: 2026-10-15": [""] * 6 + ["○"] * 6,
        "each: month\n    end: 2026-05-01": ["○"] * 2 + [""] * 10,
        "months: [6]\n    done: [2026-06-09]": [""] * 2 + ["●9"] + [""] * 9,
        "dates: [2026-06-09, 2026-06-20]\n    done: [2026-06-09]": [""] * 2 + ["●9 ○20"] + [""] * 9,
    }
    for number, (shape, marks) in enumerate(shapes.items()):
        files = whole_project({PLAN: WHOLE[PLAN] + task.format(shape)})
        there = project(files, f"plan{number}")
        contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
        assert _marks(contract, "訓練") == marks, shape


def test_due_and_handed_over(project: Callable[..., Project]) -> None:
    """△ with the day it is due, ▲ where a submission is recorded."""
    marks = _marks(_contract(project), "1　作業報告書")
    assert marks[:3] == ["", "▲10", "△10"]
    assert _marks(_contract(project), "2　障害報告書")[:2] == ["", "△13"]
