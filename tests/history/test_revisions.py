"""改訂履歴 of a document, from a real repository."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from generator.history.log import read
from generator.history.revisions import Revisions, of_document
from generator.intake.repository import Repository
from tests.support import Project, git

SOURCES = ["data/plan.yml", "data/staff.yml"]


def _revisions(root: Path) -> Revisions:
    return of_document(read(Repository.at(root)), SOURCES)


def _tracked(project: Callable[..., Project]) -> Project:
    there = project({"data/plan.yml": "一\n", "data/staff.yml": "二\n"})
    there.git("init", "-q")
    there.commit("初版", "2026-04-01T09:00:00+09:00")
    there.write({"data/staff.yml": "三\n"}).commit("担当を改める", "2026-05-07T09:00:00+09:00", "例示 花子")
    there.write({"data/other.yml": "x\n"}).commit("別件", "2026-05-08T09:00:00+09:00")
    return there


def test_editions_are_numbered_from_the_first(project: Callable[..., Project]) -> None:
    """Each commit that touched a document's data is an edition: number, day, author, reason."""
    revisions = _revisions(_tracked(project).root)
    assert [(e.number, e.date, e.author, e.reason) for e in revisions.editions] == [
        (1, dt.date(2026, 4, 1), "見本 太郎", "初版"),
        (2, dt.date(2026, 5, 7), "例示 花子", "担当を改める"),
    ]
    assert (revisions.label, revisions.note) == ("第2版", None)


def test_uncommitted_change_is_unsettled(project: Callable[..., Project]) -> None:
    """What is not committed yet is an edition without date, author and commit, and says so."""
    there = _tracked(project)
    there.write({"data/plan.yml": "四\n"})
    revisions = _revisions(there.root)
    assert revisions.label == "第3版（未確定）"
    assert revisions.latest is not None
    assert (revisions.latest.date, revisions.latest.author, revisions.latest.commit) == (None, "", None)


def test_outside_git_says_so(project: Callable[..., Project]) -> None:
    """A document outside git has no editions, and says why."""
    revisions = _revisions(project({"data/plan.yml": "一\n"}).root)
    assert (revisions.label, revisions.editions) == ("版なし", ())
    assert revisions.note == "git の管理外のため、改訂履歴はありません。"


def test_shallow_clone_says_so(project: Callable[..., Project], tmp_path: Path) -> None:
    """A history that was cut off is not passed off as the whole."""
    there = _tracked(project)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{there.root}", str(tmp_path / "shallow"))
    note = _revisions(tmp_path / "shallow").note
    assert note == "履歴が途中で切れた複製（浅いクローン）から作ったため、古い版は載っていません。"
