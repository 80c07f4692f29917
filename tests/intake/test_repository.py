"""Files of any revision, answering like the files on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.intake.portfolio import load
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from generator.problems import NohinError
from tests.support import CONTRACT, Project, git, swapped, whole_project


def _repository(root: Path) -> Repository:
    repository = Repository.at(root)
    assert repository is not None
    return repository


@pytest.fixture
def tracked(project: Callable[..., Project]) -> Project:
    """The whole project in a repository of its own."""
    there = project(whole_project({f"{CONTRACT}/manuals/運用 手順.md": "# x\n", "data/.hidden/x.yml": "x"}))
    there.git("init", "-q")
    there.commit("初版")
    return there


def test_revision_answers_like_the_working_tree(tracked: Project) -> None:
    """A clean tree and its commit hold the same files, and make the same records and problems."""
    revision, working = _repository(tracked.root).tree("HEAD"), WorkingTree(tracked.root)
    assert list(revision.files("data")) == list(working.files("data"))
    assert f"{CONTRACT}/manuals/運用 手順.md" in revision.files("data")
    assert all(revision.read(path) == working.read(path) for path in working.files("data"))
    assert load(revision).portfolio == load(working).portfolio
    assert load(revision).problems == load(working).problems


def test_old_revision_keeps_its_files(tracked: Project) -> None:
    """A revision is what it was, whatever the working tree has become."""
    first = tracked.git("rev-parse", "HEAD").strip()
    tracked.write(swapped(f"{CONTRACT}/plan.yml", "role: manager", "role: boss")).commit("役割を誤る")
    repository = _repository(tracked.root)
    assert load(repository.tree(first)).problems == []
    assert [problem.code for problem in load(repository.tree("HEAD")).problems] == ["REF001"]
    assert [problem.code for problem in load(repository.tree("HEAD~1")).problems] == []


def test_missing_file_of_a_revision(tracked: Project) -> None:
    """A file that the revision does not have is an OSError, as on disk."""
    with pytest.raises(FileNotFoundError):
        _repository(tracked.root).tree("HEAD").read("data/nothing.yml")


@pytest.mark.parametrize("name", ["nothing", "HEAD~99", "0" * 40, "", "--help", "HEAD:data"])
def test_unknown_revision(tracked: Project, name: str) -> None:
    """A name that git does not know is misuse."""
    with pytest.raises(NohinError, match="履歴にありません"):
        _repository(tracked.root).tree(name)


def test_links_are_no_files_of_a_revision(tracked: Project) -> None:
    """A link in git is text that names a place; a revision has no places."""
    (tracked.root / "data/vendors/linked.yml").symlink_to("/etc/hostname")
    tracked.commit("リンク")
    assert "data/vendors/linked.yml" not in list(_repository(tracked.root).tree("HEAD").files("data"))


@pytest.mark.parametrize("folder", ["業務/委託", "[2026]*", "a b"])
def test_project_in_a_folder_of_a_repository(tmp_path: Path, folder: str) -> None:
    """A project may lie deep in a repository, under any name."""
    there = Project(tmp_path / folder)
    there.write(whole_project())
    git(tmp_path, "init", "-q")
    there.commit("初版")
    repository = _repository(there.root)
    assert list(repository.tree("HEAD").files("data")) == list(WorkingTree(there.root).files("data"))
    assert repository.uncommitted() == frozenset()
    assert len(repository.log("--format=%H").split()) == 1


def test_outside_git_and_without_commits(project: Callable[..., Project]) -> None:
    """Where there is no commit there is no history."""
    there = project(whole_project())
    assert Repository.at(there.root) is None
    there.git("init", "-q")
    assert Repository.at(there.root) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_repository_of_somebody_else(tracked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """git refuses a repository that belongs to another user; that is told, not traced back."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for place in (tracked.root, tracked.root / ".git"):
        os.chown(place, 12345, 12345)
    with pytest.raises(NohinError, match=r"git rev_parse が失敗しました.*dubious ownership"):
        Repository.at(tracked.root)
