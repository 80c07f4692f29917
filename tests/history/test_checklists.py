"""What changed in a checklist since it was handed over, from a real repository."""

from __future__ import annotations

from collections.abc import Callable

from generator.history.checklists import since_submitted
from generator.history.log import read
from generator.intake.portfolio import load
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from tests.support import CONTRACT, WHOLE, Project, whole_project

Make = Callable[..., Project]

PATH = f"{CONTRACT}/checklist.yml"
HANDED_OVER = "submissions:\n  - {deliverable: '1', date: 2026-04-10}\n"


def _since(there: Project) -> object:
    loaded = load(WorkingTree(there.root))
    repository = Repository.at(there.root)
    return since_submitted(loaded.portfolio.contracts["mihon"], "1", read(repository), repository, loaded.schemas)


def test_fields_that_differ_are_named(project: Make) -> None:
    """Compared is what was committed on the day of the submission, not what came after."""
    there = project(whole_project({f"{CONTRACT}/submissions.yml": HANDED_OVER}))
    there.git("init", "-q")
    there.commit("初版", date="2026-04-05T09:00:00+09:00")
    there.write({PATH: WHOLE[PATH].replace("誓約書", "誓約書の写し")}).commit(
        "直した", date="2026-04-20T09:00:00+09:00"
    )
    found = _since(there)
    assert [(c.item, c.field, c.before, c.after) for c in found.changes] == [  # type: ignore[attr-defined]
        ("mihon-terms/1", "証跡", "誓約書", "誓約書の写し")
    ]


def test_a_history_that_begins_later_says_so(project: Make) -> None:
    """Nothing is claimed about a day the history does not reach."""
    there = project(whole_project({f"{CONTRACT}/submissions.yml": HANDED_OVER}))
    there.git("init", "-q")
    there.commit("初版", date="2026-05-05T09:00:00+09:00")
    assert "比べられません" in str(_since(there).note)  # type: ignore[attr-defined]


def test_without_a_submission_there_is_nothing_to_compare(project: Make) -> None:
    """Outside git and without a submission it says so too."""
    there = project(whole_project({f"{CONTRACT}/submissions.yml": None}))
    assert "提出の記録はまだありません" in str(_since(there).note)  # type: ignore[attr-defined]
