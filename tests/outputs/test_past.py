"""The project as it was: which commit a name or a date means, and the old site made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.outputs import past
from generator.problems import NohinError
from tests.submitted import SUBMISSIONS, tracked
from tests.support import CONTRACT, WHOLE, Project, contents, git, run, swapped, whole_project

LATER = "2026-05-01T23:59:59+09:00"


@pytest.fixture
def there(tmp_path: Path) -> Project:
    """Three commits: on 1 April, at the end of 1 May in Japan, and a moment later."""
    project = Project(tmp_path / "project").write(whole_project())
    project.git("init", "-q", "-b", "main")
    project.commit("四月", "2026-04-01T09:00:00+09:00")
    project.commit("五月一日の終わり", "2026-05-01T14:59:59+00:00")
    project.commit("五月二日の始め", "2026-05-02T00:00:00+09:00")
    return project


def _subject(there: Project, commit: str) -> str:
    return there.git("log", "-1", "--format=%s", commit).strip()


@pytest.mark.parametrize(
    ("revision", "subject", "day"),
    [
        ("2026-05-01", "五月一日の終わり", "2026-05-01"),
        ("令和8年4月30日", "四月", "2026-04-30"),
        ("2027-01-01", "五月二日の始め", "2027-01-01"),
        ("HEAD", "五月二日の始め", "2026-05-02"),
        ("HEAD~1", "五月一日の終わり", "2026-05-01"),
        ("main", "五月二日の始め", "2026-05-02"),
        ("v1", "四月", "2026-04-01"),
    ],
)
def test_what_a_revision_means(there: Project, revision: str, subject: str, day: str) -> None:
    """A date ends at midnight in Japan, wherever the commit was made; a commit is looked at on its own day."""
    there.git("tag", "v1", "HEAD~2")
    found = past.moment(past.repository_of(there.root), revision)
    assert (_subject(there, found.commit), found.day) == (subject, dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("v9", "版「v9」が履歴にありません"),
        ("2026-03-31", "2026-03-31 までのコミットが履歴にありません"),
        ("2026-02-30", "2026-02-30 は存在しない日付です"),
    ],
)
def test_revision_that_is_not_there(there: Project, revision: str, message: str) -> None:
    """What is missing is said in the words it was asked for."""
    with pytest.raises(NohinError, match=message):
        past.moment(past.repository_of(there.root), revision)


def test_work_of_a_side_branch_counts_from_its_merge(there: Project) -> None:
    """The main line did not have on that day what was merged into it later."""
    there.git("checkout", "-q", "-b", "side", "HEAD~1")
    there.commit("枝", "2026-05-10T09:00:00+09:00")
    there.git("checkout", "-q", "main")
    environment = {"GIT_COMMITTER_DATE": "2026-05-20T09:00:00+09:00"}
    there.git("merge", "-q", "--no-ff", "-m", "合流", "side", **environment)
    repository = past.repository_of(there.root)
    assert _subject(there, past.moment(repository, "2026-05-15").commit) == "五月二日の始め"
    assert _subject(there, past.moment(repository, "2026-05-20").commit) == "合流"


def test_shallow_clone_says_what_is_missing(there: Project, tmp_path: Path) -> None:
    """Where the history was cut off, the message says how to get the rest."""
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{there.root}", "shallow")
    with pytest.raises(NohinError, match="git fetch --unshallow"):
        past.moment(past.repository_of(tmp_path / "shallow"), "2026-04-30")


def test_copy_is_gone_afterwards(there: Project) -> None:
    """Nothing is left of the copy, and the project is as it was."""
    commit = there.git("rev-parse", "HEAD~2").strip()
    with past.at(there.root, commit) as copy:
        assert (copy / f"{CONTRACT}/plan.yml").is_file()
    assert not copy.exists()
    assert there.git("status", "--porcelain").split() == []


def test_project_that_was_not_there_yet(tmp_path: Path) -> None:
    """A commit without the project's data cannot be its old state."""
    (tmp_path / "repo").mkdir()
    git(tmp_path / "repo", "init", "-q")
    git(tmp_path / "repo", "commit", "-q", "--allow-empty", "-m", "空")
    there = Project(tmp_path / "repo/契約").write(whole_project())
    there.commit("契約を足す")
    first = there.git("rev-parse", "HEAD~1").strip()
    with pytest.raises(NohinError, match="data/ がありません"), past.at(there.root, first):
        pass


def test_project_outside_git(project: Callable[..., Project]) -> None:
    """Without history there is no old state."""
    ran = project(whole_project()).build("--rev", "HEAD")
    assert ran.code == 2
    assert "git の管理下にないか" in ran.err


# --- nohin build --rev ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_site_of_back_then_is_made_again(tmp_path: Path) -> None:
    """Years of changes later, data, templates and settings of a commit make the same bytes they made then."""
    own = (Path(__file__).parents[2] / "templates/documents/work-report.html.j2").read_text(encoding="utf-8")
    template = "templates/documents/work-report.html.j2"
    there = tracked(tmp_path / "業務", {template: own})
    ran = there.build("--as-of", "2026-05-01")
    assert ran.code == 0, ran.err
    then = contents(there.root / "site")
    there.write(swapped(f"{CONTRACT}/staff.yml", "name: 見本 太郎", "name: 例示 次郎"))
    there.write({template: own.replace("<h2>", "<h2>改 "), f"{CONTRACT}/records/incidents/2026-001.yml": None})
    there.git("tag", "引渡し")
    there.commit("担当と様式の変更", "2026-06-01T09:00:00+09:00")
    there.write({SUBMISSIONS: "まだ書きかけ"})
    assert there.build("--as-of", "2026-05-01").code == 1  # what is being written is no part of it
    for revision, folder in (("2026-05-15", "site-2026-05-15"), ("引渡し", None)):
        ran = there.build("--rev", revision, "--as-of", "2026-05-01")
        assert ran.code == 0, ran.err
        place = there.root / (folder or f"site-{there.git('rev-parse', '引渡し').strip()[:12]}")
        assert contents(place) == then
    assert contents(there.root / "site") == then
    assert there.git("status", "--porcelain").split("\n") == [f" M {SUBMISSIONS}", ""]


@pytest.mark.slow
def test_day_of_the_view(tmp_path: Path) -> None:
    """Without --as-of a date is looked at on that day, and a commit on its own."""
    there = tracked(tmp_path / "project")
    there.commit("空", "2026-06-01T09:00:00+09:00")
    root = ["--project", str(there.root), "--only", "mihon"]
    for revision, day in (("2026-05-20", "2026-05-20"), ("HEAD", "2026-06-01"), ("HEAD~1", "2026-05-01")):
        ran = run("build", *root, "--rev", revision, "--out", str(tmp_path / "old"))
        assert ran.code == 0, ran.err
        assert f"{day} の時点で作ります" in ran.err


@pytest.mark.parametrize("out", ["site", "site/old"])
def test_old_site_never_takes_the_place_of_the_current_one(tmp_path: Path, out: str) -> None:
    """Nobody shall find an old state where the current one is expected."""
    there = tracked(tmp_path / "project")
    ran = there.build("--rev", "HEAD", "--out", str(there.root / out))
    assert ran.code == 2
    assert "今の姿の場所です" in ran.err
    assert not (there.root / "site").exists()


@pytest.mark.slow
def test_old_state_with_errors(tmp_path: Path) -> None:
    """What was wrong then is told with its place, nothing is written, and a draft can still be had."""
    there = tracked(tmp_path / "project", swapped(f"{CONTRACT}/staff.yml", "role: manager", "role: boss"))
    there.write({f"{CONTRACT}/staff.yml": WHOLE[f"{CONTRACT}/staff.yml"]}).commit("訂正", "2026-05-02T09:00:00+09:00")
    ran = there.build("--rev", "HEAD~1")
    assert (ran.code, (there.root / "site-2026-05-01").exists()) == (1, False)
    assert f"{CONTRACT}/staff.yml:" in ran.out
    assert "--draft" in ran.err
    assert there.build("--rev", "2026-05-01", "--draft").code == 1
    assert (there.root / "site-2026-05-01/index.html").is_file()
