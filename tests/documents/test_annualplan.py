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
    rows = [row for _, rows in annual_plan(contract, YEAR, dt.date.max).groups for row in rows]
    (row,) = [row for row in rows if row.title == title]
    return list(row.marks)


def test_plan_runs_from_april_to_march(project: Callable[..., Project]) -> None:
    """A sheet has twelve months in the order of the fiscal year."""
    months = annual_plan(_contract(project), YEAR, dt.date.max).months
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
    """△ with the day it is due, ▲ with the day it was handed over where a submission is recorded."""
    marks = _marks(_contract(project), "1　作業報告書")
    assert marks[:3] == ["", "▲8", "△10"]
    assert _marks(_contract(project), "2　障害報告書")[:2] == ["", "△13"]


TASKS = """\
tasks:
  - id: drill
    title: 訓練
    months: [6, 9]
    done: [2026-06-09]
  - id: support
    title: 支援
    each: month
"""


def _records(**files: str) -> dict[str, str]:
    return {f"{CONTRACT}/records/{name.replace('__', '/')}.yml": text for name, text in files.items()}


def test_records_that_name_a_task_are_done(project: Callable[..., Project]) -> None:
    """A record or a row of a register that names a task marks its day; a day that is told twice is marked once."""
    work = "title: 訓練\nstart: 2026-06-{} 13:00\nend: 2026-06-{} 15:00\npeople: [p1]\ncontent: 行った。\ntask: drill\n"
    rows = "items:\n" + "".join(
        f"  - {{date: 2026-05-{day}, person: p1, content: 支援, task: support}}\n" for day in (11, 12, 12, 13, 14)
    )
    files = _records(
        work__1=work.format("09", "09"),
        work__2=work.format("30", "30"),
        daily__5=rows,
        trainings__1="title: 訓練\nkind: drill\nheld: 2026-09-10\nattendees: [p1]\ntask: drill\n",
    )
    contract = _contract(project, {PLAN: TASKS, **files})
    assert _marks(contract, "訓練") == [""] * 2 + ["●9 ●30"] + [""] * 2 + ["●10"] + [""] * 6
    assert _marks(contract, "支援")[:3] == ["○", "● 4回", "○"]


def test_a_meeting_and_a_change_are_done(project: Callable[..., Project]) -> None:
    """What was held or changed marks the task it names, and a restored backup does."""
    files = _records(
        meetings__1="title: 定例会\nheld: 2026-06-12\ntask: drill\n",
        changes__1="title: 更新\nchanged: 2026-09-03\nunchanged: 設定だけの変更\ntask: drill\n",
        backups__7="items:\n  - {date: 2026-07-01, kind: restore-test, target: 文書, result: good, task: support}\n",
    )
    contract = _contract(project, {PLAN: TASKS, **files})
    assert [_marks(contract, "訓練")[at] for at in (2, 5)] == ["●9 ●12", "●3"]
    assert _marks(contract, "支援")[3] == "●1"


def test_failed_and_intended_is_not_done(project: Callable[..., Project]) -> None:
    """A batch that failed, a power cut that is only announced and a written procedure mark nothing."""
    outage = "title: 停電\npower_off: 2026-06-20 8:00\npower_on: 2026-06-20 17:00\nattendance: onsite\ntask: drill\n"
    files = _records(
        outages__1=outage,
        batches__6="items:\n  - {date: 2026-06-12, task: drill, result: bad}\n",
        procedures__1=(
            "title: 手順\nestablished: 2026-06-13\ntask: drill\nsteps:\n  - {id: s1, actor: 担当, text: 行う。}\n"
        ),
    )
    marks = _marks(_contract(project, {PLAN: TASKS, **files}), "訓練")
    assert marks[2] == "●9"
    files = _records(outages__1=f"{outage}result: 終えた。\n")
    marks = _marks(_contract(project, {PLAN: TASKS, **files}), "訓練")
    assert marks[2] == "●9 ●20"


def test_inquiry_counts_in_the_months_of_the_plan(project: Callable[..., Project]) -> None:
    """A question about a task of June that is asked in July is not work of June's task done in July."""
    row = "  - {{id: q{0}, received: 2026-{0}-03 9:00, source: staff, subject: 件, person: p1, task: drill}}\n"
    files = _records(inquiries__a="items:\n" + row.format("06") + row.format("07"))
    assert _marks(_contract(project, {PLAN: TASKS, **files}), "訓練")[2:4] == ["●3 ●9", ""]
