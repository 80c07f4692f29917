"""git's log, read once: real repositories with real renames, merges and names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from git import Git

from generator.history.log import History, of_files, read
from generator.history.revisions import of_document
from generator.intake.repository import Repository
from tests.support import Project, git

FIRST = {"data/体制.yml": "一\n二\n三\n四\n五\n", "data/other.yml": "x\n"}


@pytest.fixture
def tracked(project: Callable[..., Project]) -> Project:
    """A repository with one commit of two files."""
    there = project(FIRST)
    there.git("init", "-q", "-b", "main")
    there.commit("初版", "2026-04-01T09:00:00+09:00")
    return there


def _history(root: Path) -> History:
    return read(Repository.at(root))


def _subjects(history: History, path: str) -> list[str]:
    return [commit.subject for commit in of_files(history, [path])]


def test_commits_of_a_file(tracked: Project) -> None:
    """A file's commits, oldest first, with the author's day as Japan counts it."""
    tracked.write({"data/体制.yml": "六\n"}).commit("体制を改める", "2026-04-29T23:30:00-11:00", "例示 花子")
    tracked.write({"data/other.yml": "y\n"}).commit("別件")
    commits = of_files(_history(tracked.root), ["data/体制.yml"])
    assert [(c.subject, c.author, c.date) for c in commits] == [
        ("初版", "見本 太郎", dt.date(2026, 4, 1)),
        ("体制を改める", "例示 花子", dt.date(2026, 4, 30)),
    ]


def test_commit_of_two_files_counts_once(tracked: Project) -> None:
    """A commit that touched several of a document's files is one revision."""
    history = _history(tracked.root)
    assert [c.subject for c in of_files(history, ["data/体制.yml", "data/other.yml"])] == ["初版"]


def test_rename_is_followed(tracked: Project) -> None:
    """A file keeps its history under a new name, and under the name after that."""
    tracked.git("mv", "data/体制.yml", "data/support.yml")
    tracked.commit("名を改める", "2026-04-02T09:00:00+09:00")
    tracked.write({"data/support.yml": "一\n二\n三\n四\n六\n"}).commit("直す", "2026-04-03T09:00:00+09:00")
    tracked.git("mv", "data/support.yml", "data/サポート 体制.yml")
    tracked.commit("また改める", "2026-04-04T09:00:00+09:00")
    assert _subjects(_history(tracked.root), "data/サポート 体制.yml") == ["初版", "名を改める", "直す", "また改める"]


def test_new_file_under_an_old_name_has_its_own_history(tracked: Project) -> None:
    """A file that takes a renamed file's name does not take its history."""
    tracked.git("mv", "data/体制.yml", "data/support.yml")
    tracked.commit("名を改める", "2026-04-02T09:00:00+09:00")
    tracked.write({"data/体制.yml": "まったく別の\n内容\n"}).commit("新しい体制", "2026-04-03T09:00:00+09:00")
    history = _history(tracked.root)
    assert _subjects(history, "data/support.yml") == ["初版", "名を改める"]
    assert _subjects(history, "data/体制.yml") == ["新しい体制"]


def test_merge(tracked: Project) -> None:
    """Both sides of a merge are in the history; the merge itself changes nothing."""
    tracked.git("checkout", "-q", "-b", "side")
    tracked.write({"data/体制.yml": "零\n一\n二\n三\n四\n五\n"}).commit("枝で直す", "2026-04-02T09:00:00+09:00")
    tracked.git("checkout", "-q", "main")
    tracked.write({"data/other.yml": "y\n"}).commit("幹で直す", "2026-04-03T09:00:00+09:00")
    tracked.git("merge", "-q", "--no-ff", "-m", "取り込む", "side", GIT_COMMITTER_DATE="2026-04-04T09:00:00+09:00")
    history = _history(tracked.root)
    assert _subjects(history, "data/体制.yml") == ["初版", "枝で直す"]
    assert _subjects(history, "data/other.yml") == ["初版", "幹で直す"]


@pytest.mark.parametrize("name", ["見本 太郎 <>", 'O\'Neil "x"', "名\x1f前", "a\tb"])
def test_author_names(tracked: Project, name: str) -> None:
    """Whatever an author is called, the commit is read."""
    tracked.write({"data/other.yml": "y\n"}).commit("直す", author=name)
    (_, commit) = of_files(_history(tracked.root), ["data/other.yml"])
    assert commit.author.startswith(name[0])
    assert commit.date == dt.date(2026, 4, 1)


def test_subject_of_several_lines_and_without_words(tracked: Project) -> None:
    """Only the first line of a message is the reason; a message may be empty."""
    tracked.write({"data/other.yml": "y\n"}).commit("一行目\n\n本文 :100644 100644 M\tdata/体制.yml")
    tracked.write({"data/other.yml": "z\n"}).git("add", "-A")
    tracked.git("commit", "-q", "--allow-empty-message", "-m", "")
    assert _subjects(_history(tracked.root), "data/other.yml") == ["初版", "一行目", ""]


def test_uncommitted_changes(tracked: Project) -> None:
    """Changed, added and deleted files are known before they are committed."""
    assert _history(tracked.root).uncommitted == frozenset()
    tracked.write({"data/体制.yml": "六\n", "data/new file.yml": "x\n", "data/other.yml": None})
    assert _history(tracked.root).uncommitted == {"data/体制.yml", "data/new file.yml", "data/other.yml"}


@pytest.mark.parametrize("folder", ["業務/委託", "[2026]*"])
def test_project_in_a_folder_of_a_repository(tmp_path: Path, folder: str) -> None:
    """Paths are the project's own; what lies outside it does not show."""
    there = Project(tmp_path / folder)
    there.write(FIRST)
    git(tmp_path, "init", "-q")
    there.commit("初版")
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "外")
    there.write({"data/other.yml": "y\n"})
    (tmp_path / "outside.txt").write_text("y", encoding="utf-8")
    history = _history(there.root)
    assert [commit.subject for commit in history.commits] == ["初版"]
    assert set(history.touched) == set(FIRST)
    assert history.uncommitted == {"data/other.yml"}


def test_shallow_clone_is_known(tracked: Project, tmp_path: Path) -> None:
    """A clone whose history was cut off says so."""
    tracked.write({"data/other.yml": "y\n"}).commit("直す")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tracked.root}", str(tmp_path / "shallow"))
    assert not _history(tracked.root).shallow
    cut = _history(tmp_path / "shallow")
    assert cut.shallow
    assert len(cut.commits) == 1


def test_outside_git() -> None:
    """Without a repository there is an empty history that says so."""
    assert read(None) == History()
    assert not read(None).tracked


def test_git_is_asked_a_fixed_number_of_times(tracked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many commits and files there are, a handful of processes tells the history of all of them."""
    for number in range(20):
        tracked.write({f"data/{number}.yml": f"{number}\n"}).commit(f"{number}")
    asked = []
    execute = Git.execute

    def counting(self: Git, command: Any, **options: Any) -> Any:
        asked.append(command)
        return execute(self, command, **options)

    monkeypatch.setattr(Git, "execute", counting)
    history = _history(tracked.root)
    assert all(of_document(history, [path]).editions for path in history.touched)
    assert len(history.touched) == 22
    assert len(asked) <= 6
