"""Files of any revision, answering like the files on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.intake.portfolio import load
from generator.intake.repository import Repository, Tag
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


# --- copies and tags ------------------------------------------------------------------------------------


def test_copy_is_the_commit_and_its_history_alone(tracked: Project, tmp_path: Path) -> None:
    """A copy holds the files of its commit, knows the log up to it, and changes nothing in the repository."""
    first = tracked.git("rev-parse", "HEAD").strip()
    tracked.write({f"{CONTRACT}/plan.yml": None, f"{CONTRACT}/new.txt": "x"}).commit("後の変更")
    before = tracked.git("for-each-ref") + tracked.git("status", "--porcelain") + tracked.git("worktree", "list")
    there = _repository(tracked.root).copy(first, tmp_path / "copy")
    assert (there / f"{CONTRACT}/plan.yml").is_file()
    assert not (there / f"{CONTRACT}/new.txt").exists()
    copy = _repository(there)
    assert (copy.head, copy.uncommitted(), copy.shallow) == (first, frozenset(), False)
    assert git(there, "log", "--format=%s").split() == ["初版"]
    assert (
        git(tracked.root, "for-each-ref") + tracked.git("status", "--porcelain") + tracked.git("worktree", "list")
        == before
    )


def test_copy_of_a_project_in_a_subfolder(tmp_path: Path) -> None:
    """The folder that is returned is the project's, not the repository's."""
    there = Project(tmp_path / "repo/契約 [1]").write(whole_project())
    git(tmp_path / "repo", "init", "-q")
    commit = there.commit("初版")
    copy = _repository(there.root).copy(commit, tmp_path / "copy")
    assert copy == tmp_path / "copy/契約 [1]"
    assert load(WorkingTree(copy)).problems == []
    assert _repository(copy).uncommitted() == frozenset()


def test_copy_has_no_part_in_settings_and_hooks(tracked: Project, tmp_path: Path) -> None:
    """Line ends stay as they were committed, and nobody's hook is run."""
    hooks = tracked.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "post-checkout").write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    (hooks / "post-checkout").chmod(0o755)
    tracked.git("config", "core.autocrlf", "true")
    copy = _repository(tracked.root).copy(tracked.git("rev-parse", "HEAD").strip(), tmp_path / "copy")
    assert b"\r" not in (copy / f"{CONTRACT}/plan.yml").read_bytes()
    assert not (tmp_path / "ran").exists()


def test_copy_of_a_commit_that_no_branch_has(tracked: Project, tmp_path: Path) -> None:
    """After history was rewritten, a tag's commit can still be had."""
    old = tracked.commit("直す前")
    tracked.git("tag", "-a", "submitted/mihon/1/1", "-m", "x")
    tracked.git("commit", "-q", "--allow-empty", "--amend", "-m", "直した後")
    copy = _repository(tracked.root).copy(old, tmp_path / "copy")
    assert git(copy, "log", "-1", "--format=%s").strip() == "直す前"


def test_copy_of_a_shallow_clone_says_so(tracked: Project, tmp_path: Path) -> None:
    """What was cut off stays cut off, and git does not stumble over it."""
    tracked.commit("二")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tracked.root}", "shallow")
    repository = _repository(tmp_path / "shallow")
    copy = _repository(repository.copy(repository.head, tmp_path / "copy"))
    assert (copy.shallow, copy.head) == (True, repository.head)


def test_tags_carry_what_was_written(tracked: Project) -> None:
    """An annotated tag is read as it was made; others below the name, and tags of other names, are left out."""
    head = tracked.git("rev-parse", "HEAD").strip()
    tracked.git("config", "user.name", "提出 花子")
    tracked.git("config", "user.email", "hanako@example.jp")
    repository = _repository(tracked.root)
    made = [
        Tag("submitted/mihon/1/二", head, "提出\n\n- a: '#1'\n  b: 2\n"),
        Tag("submitted/mihon/1/一", head, "x\n\ny\n"),
    ]
    for tag in made:
        repository.tag(tag)
    repository.tag(Tag("other/1", head, "x"))
    tracked.git("tag", "submitted/light")
    assert repository.tags("submitted") == sorted(made, key=lambda tag: tag.name)
    with pytest.raises(NohinError, match="git tag が失敗しました"):
        repository.tag(made[0])


def test_name_of_whoever_commits(tracked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is that of git; where git knows none, the message says how to set it."""
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    tracked.git("config", "user.useConfigOnly", "true")
    with pytest.raises(NohinError, match=r"git config user\.name"):
        _repository(tracked.root).identity()
    tracked.git("config", "user.name", "提出 花子 <課>")
    tracked.git("config", "user.email", "hanako@example.jp")
    assert _repository(tracked.root).identity() == "提出 花子 課"


def test_contents_of_many_files(tracked: Project) -> None:
    """Contents by id, in the order they are asked for; what is no file, or is not there, is None."""
    repository = _repository(tracked.root)
    paths = [f"{CONTRACT}/plan.yml", f"{CONTRACT}/manuals/運用 手順.md"]
    plan, manual = (tracked.git("rev-parse", f"HEAD:{path}").strip() for path in paths)
    tree = tracked.git("rev-parse", "HEAD^{tree}").strip()
    found = list(repository.contents([manual, "0" * 40, tree, plan, manual]))
    texts = [(tracked.root / path).read_bytes() for path in paths]
    assert found == [texts[1], None, None, texts[0], texts[1]]
    assert list(repository.contents([])) == []


def test_commits_that_others_rest_on(tracked: Project) -> None:
    """A commit leads to those after it and to itself; one that a rebase lost, or that never was, to none."""
    repository, first = _repository(tracked.root), tracked.git("rev-parse", "HEAD").strip()
    second = tracked.write({"data/x.md": "x"}).commit("次")
    assert repository.leads_to(first, second)
    assert repository.leads_to(second, second)
    assert not repository.leads_to(second, first)
    assert not repository.leads_to("0" * 40, second)


def test_log_of_some_commits(tracked: Project) -> None:
    """Of the commits that are named, and of no others, in a project at the top and in a folder."""
    named = [tracked.write({"data/x.md": f"{n}"}).commit(f"{n}") for n in range(3)][::2]
    assert _repository(tracked.root).log("--format=%s", only=named).split() == [b"0", b"2"]
    inside = _repository(tracked.root / "data")
    assert inside.log("--format=%s", "--name-only", only=named).split() == [b"0", b"data/x.md", b"2", b"data/x.md"]
