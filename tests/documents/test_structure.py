"""サポート体制図: who holds which role on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from generator.documents.structure import support_structure
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.support import CONTRACT, WHOLE, Project, whole_project

STAFF = f"{CONTRACT}/staff.yml"


def _contract(project: Callable[..., Project], changes: dict[str, str] | None = None) -> Contract:
    return load(WorkingTree(project(whole_project(changes)).root)).portfolio.contracts["mihon"]


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
    assert [side for side, _ in support_structure(contract, dt.date(2026, 4, 1)).sides] == ["authority", "vendor"]
