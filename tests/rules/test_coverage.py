"""What counts as a duty, what answers it, and what does not apply."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.support import CONTRACT, WHOLE, Project, whole_project

Make = Callable[..., Project]

CLAUSES = """\
clauses:
  - {id: 1, heading: 章, text: 章。, obligor: none, kind: information}
  - {id: 1-1, heading: 義務, text: 義務。, obligor: vendor, kind: obligation}
  - {id: 1-2, heading: 権利, text: 権利。, obligor: authority, kind: right}
  - {id: 1-3, heading: 発注者の義務, text: 義務。, obligor: authority, kind: obligation}
  - {id: 1-4, heading: 双方, text: 協議。, obligor: both, kind: obligation, answers: [{statement: 協議する。}]}
  - {id: 1-5, heading: 条件付き, text: 義務。, obligor: vendor, kind: obligation}
  - {id: 1-5-1, heading: 条件付きの下, text: 禁止。, obligor: vendor, kind: prohibition}
"""


def _rows(project: Project) -> dict[str, dict[str, Any]]:
    found = json.loads(project.run("clauses", "--format", "json").out)
    return {f"{row['source']}/{row['id']}" if row["source"] else row["id"]: row for row in found}


def _project(make: Make, head: str = "", deliverables: str = "deliverables: []\n") -> Project:
    files = {
        f"{CONTRACT}/clauses.yml": CLAUSES,
        f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"] + head,
        f"{CONTRACT}/deliverables.yml": deliverables,
        f"{CONTRACT}/plan.yml": None,
        f"{CONTRACT}/submissions.yml": None,
    }
    return make(whole_project(files))


def test_only_the_vendors_duties_count(project: Make) -> None:
    """Rights, information and the authority's own duties are shown and not counted."""
    rows = _rows(_project(project))
    assert {name: row["status"] for name, row in rows.items()} == {
        "1": "数えない",
        "1-1": "未対応",
        "1-2": "数えない",
        "1-3": "数えない",
        "1-4": "対応あり",
        "1-5": "未対応",
        "1-5-1": "未対応",
        "mihon-terms/1": "対応あり",
    }


def test_an_unanswered_duty_is_a_warning_at_its_line(project: Make) -> None:
    """It does not stop a build; it stands at the clause."""
    ran = _project(project).check()
    assert ran.code == 0
    assert [line.split()[0] for line in ran.lines if "CHK006" in line] == [
        f"{CONTRACT}/clauses.yml:{line}:5:" for line in (3, 7, 8)
    ]


def test_what_names_a_clause_as_its_ground_answers_it(project: Make) -> None:
    """Terms are shared and cannot name a contract's deliverables: the deliverable names the clause."""
    rows = _rows(
        _project(
            project,
            deliverables="deliverables:\n  - {no: 1, title: 届, clauses: [1-1, mihon-terms/1], due: [{on: contract.end}]}\n",
        )
    )
    assert rows["1-1"]["answered_by"] == ["deliverable:1"]
    assert rows["mihon-terms/1"]["answered_by"] == ["check:mihon-terms/1", "deliverable:1"]


def test_what_does_not_apply_is_neither_answered_nor_missing(project: Make) -> None:
    """対象外 covers what stands below, and needs its reason."""
    head = "not_applicable:\n  - clauses: [1-5]\n    reason: その機器を使わない。\n"
    there = _project(project, head)
    rows = _rows(there)
    assert [rows[name]["status"] for name in ("1-5", "1-5-1", "1-1")] == ["対象外", "対象外", "未対応"]
    assert there.run("clauses").lines[-1] == "受注者の義務・禁止 3 件のうち 2 件に対応があります"


def test_terms_are_read_with_the_contracts_own_words(project: Make) -> None:
    """読み替え reaches heading and text, and only the clauses it names."""
    terms = {
        "data/terms/mihon-terms.yml": WHOLE["data/terms/mihon-terms.yml"].replace("秘密の保持", "業務契約の秘密"),
    }
    head = WHOLE[f"{CONTRACT}/contract.yml"].replace(
        "    label: 別記\n", "    label: 別記\n    replacements:\n      - {word: 業務契約, reads: 保守契約}\n"
    )
    there = project(whole_project({**terms, f"{CONTRACT}/contract.yml": head}))
    assert _rows(there)["mihon-terms/1"]["heading"] == "保守契約の秘密"
