"""各バッチの運用状況: runs held against the plan."""

from __future__ import annotations

from generator.documents.batches import batch_runs, batch_tasks
from generator.model import Period, Task
from tests.documents.recorded import AS_OF, YEAR, contract, entry, on, register

TASKS = (
    Task(id="notice", title="通知書", category="帳票", months=(4, 5, 6), count="年3回"),
    Task(id="card", title="はがき", category="帳票", each="week", count="週2回"),
    Task(id="never", title="督促状", category="帳票", months=(7, 1)),
    Task(id="anytime", title="随時の帳票", category="帳票"),
    Task(id="advice", title="助言", category="支援", each="month"),
)
ROWS = (
    {"date": on(4, 10), "task": "notice", "result": "bad", "sheets": 10},
    {"date": on(4, 11), "task": "notice", "result": "redone", "sheets": 200},
    {"date": on(5, 11), "task": "notice", "result": "good", "sheets": 300},
    {"date": on(4, 12), "task": "card", "result": "good"},
)


def test_runs_against_the_plan() -> None:
    """Planned times, runs, failures, repetitions, sheets, and the planned months that are over without a run."""
    found = {run.task: run for run in batch_runs(contract(register("batches", *ROWS), tasks=TASKS), YEAR, AS_OF)}
    notice = found["notice"]
    assert (notice.cycle, notice.planned, notice.runs, notice.bad, notice.redone) == ("年3回", 3, 3, 1, 1)
    assert (notice.sheets, notice.unrecorded) == (510, ("令和8年6月",))
    assert (found["card"].planned, found["card"].sheets) == (None, None)


def test_batch_nobody_ran_is_not_left_out() -> None:
    """A planned task of a category of batches appears with no run; months that are still to come are not missing."""
    found = {run.task: run for run in batch_runs(contract(register("batches", *ROWS), tasks=TASKS), YEAR, AS_OF)}
    assert (found["never"].runs, found["never"].planned, found["never"].unrecorded) == (0, 2, ("令和8年7月",))
    assert "anytime" not in found
    assert "advice" not in found


def test_other_work_of_a_category_is_no_batch() -> None:
    """Where tasks of a category are recorded otherwise, only those the register names are batches."""
    other = entry("inspections", title="点検", inspected=on(4, 1), task="never")
    there = contract(register("batches", *ROWS), other, tasks=TASKS)
    assert [task.id for task in batch_tasks(there)] == ["notice", "card"]
    asked = register("inquiries", {"id": "q1", "received": on(4, 1), "task": "never"})
    assert len(batch_tasks(contract(register("batches", *ROWS), asked, tasks=TASKS))) == 3


def test_days_of_the_plan_are_counted() -> None:
    """A task with days is planned as often as it has days in the period."""
    task = Task(id="notice", title="通知書", dates=(on(4, 10), on(4, 20), on(5, 1)))
    april = Period(start=on(4, 1), end=on(4, 30))
    (run,) = batch_runs(contract(register("batches", ROWS[0]), tasks=[task]), april, AS_OF)
    assert run.planned == 2
