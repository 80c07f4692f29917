"""Due dates that moved, whatever moved them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.documents.changedeadlines import moved
from tests.edits import changed
from tests.support import CONTRACT, Files, Project, swapped, whole_project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
INCIDENT = f"{CONTRACT}/records/incidents/2026-001.yml"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({}, []),
        (
            swapped(DELIVERABLES, "within: 10 days of period.end", "within: 14 days of period.end"),
            [
                "作業報告書の期限　令和8年5月10日 → 令和8年5月14日（令和8年4月）、"
                "令和8年6月10日 → 令和8年6月14日（令和8年5月）、ほか10件"
            ],
        ),
        (
            swapped(INCIDENT, "restored: 2026-04-29 10:00", "restored: 2026-05-01 10:00"),
            ["障害報告書の期限　令和8年5月13日 → 令和8年5月15日（障害 2026-001）"],
        ),
        (
            swapped(INCIDENT, "restored: 2026-04-29 10:00\n", ""),
            ["障害報告書の期限　令和8年5月13日 → 日付なし（障害 2026-001）"],
        ),
        (swapped(f"{CONTRACT}/staff.yml", "name: 見本 太郎", "name: 例示 太郎"), []),
        (swapped(DELIVERABLES, "title: 作業報告書", "title: 作業の報告書"), []),
    ],
    ids=["nothing", "rule", "record", "no day any more", "people move no dates", "title"],
)
def test_moved(project: Callable[..., Project], after: Files, expected: list[str]) -> None:
    """Each deliverable in a sentence, with the first dates and how many more there are."""
    changes, sides = changed(project, whole_project(), whole_project(after))
    assert moved(changes, sides.before, sides.after) == expected


def test_a_new_contract_moves_nothing(project: Callable[..., Project]) -> None:
    """Dates that were not there have not moved."""
    changes, sides = changed(project, whole_project(), whole_project())
    assert moved(changes, None, sides.after) == []
