"""What templates ask of a contract: plans, structures, checklists, words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from generator.documents.views import (
    annual_plan,
    answer_text,
    checklist,
    label,
    person_name,
    phrase,
    printed,
    role_title,
    support_structure,
    type_title,
)
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract, Period
from tests.support import CONTRACT, WHOLE, Project, whole_project

YEAR = Period(start=dt.date(2026, 4, 1), end=dt.date(2027, 3, 31))
PLAN, STAFF = f"{CONTRACT}/plan.yml", f"{CONTRACT}/staff.yml"


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


def test_structure_on_a_day(project: Callable[..., Project]) -> None:
    """Whoever holds a role on the day stands in its box; sides without roles are left out."""
    text = WHOLE[STAFF].replace(
        "contact_lines:",
        "  - person: p2\n    role: manager\n    start: 2026-10-01\n    deputy: true\ncontact_lines:",
    )
    text = text.replace("    start: 2026-04-01\n", "    start: 2026-04-01\n    end: 2026-12-31\n")
    text = text.replace("roles:", "  - id: p2\n    name: 例示 花子\nroles:")
    contract = _contract(project, {STAFF: text})

    def holders(day: str) -> list[tuple[str, bool]]:
        structure = support_structure(contract, dt.date.fromisoformat(day))
        boxes = dict(structure.sides)["vendor"]
        return [(person.name, held.deputy) for person, held in boxes[0].people]

    assert holders("2026-05-01") == [("見本 太郎", False)]
    assert holders("2026-12-31") == [("見本 太郎", False), ("例示 花子", True)]
    assert holders("2027-01-01") == [("例示 花子", True)]
    assert holders("2020-01-01") == [("見本 太郎", False)]
    assert [side for side, _ in support_structure(contract, YEAR.start).sides] == ["authority", "vendor"]


def test_unanswered_item_stays_blank(project: Callable[..., Project]) -> None:
    """Every item of the terms is listed; an answer that is not written is blank and counted as such."""
    view = checklist(_contract(project, {f"{CONTRACT}/checklist.yml": "answers: []\n"}))
    ((title, (row,)),) = view.groups
    assert (title, row.item.text) == ("別記　情報取扱特記事項", "秘密は守られているか。")
    assert (row.answer.answer, row.answer.date, row.person) == (None, None, "")
    assert view.counts == {"○": 0, "×": 0, "対象外": 0, "未記入": 1}
    assert checklist(_contract(project)).counts["○"] == 1


def test_words(project: Callable[..., Project]) -> None:
    """Ids become the words people know; what is not there becomes nothing."""
    contract = _contract(project)
    assert (person_name(contract, "p1"), person_name(contract, None)) == ("見本 太郎", "")
    assert (role_title(contract, "manager"), role_title(contract, "x")) == ("業務責任者", "")
    assert (phrase(contract, "1"), phrase(contract, "9")) == ("毎月末から10日以内", "")
    assert (printed(contract, "1-1"), printed(contract, None)) == ("1-1", "")
    assert [answer_text(contract, answer) for answer in contract.clauses[1].answers] == [
        "納品物件　1 作業報告書",
        "記録　障害",
        "計画　定期点検",
        "役割　業務責任者",
        "電話でも知らせる。",
    ]
    assert label("clauses", "clauses.*.kind", "right") == "権利"
    assert label("clauses", "clauses.*.kind", None) == ""
    assert type_title({"type": "date"}) == "日付"
    assert type_title({"type": "string", "allowed": ["○", "×"]}) == "○、×"
