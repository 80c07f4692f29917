"""Which commit touched which of today's files: real repositories, and random ones against git itself."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.history import following, rawlog
from generator.intake.repository import Repository
from tests.support import Project, git

PLAN, STAFF = "data/plan.yml", "data/staff.yml"
TEXT = "".join(f"{n}行目はここにある\n" for n in range(12))


@pytest.fixture
def tracked(project: Callable[..., Project]) -> Project:
    """A repository with one commit of two files."""
    there = project({PLAN: TEXT, STAFF: TEXT.replace("行目", "人目")})
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    return there


def _subjects(there: Project, path: str) -> list[str]:
    """The subjects of the commits of a file of today, oldest first."""
    repository = Repository.at(there.root)
    assert repository is not None
    commits, touched = following.touches(rawlog.read(repository), repository.own)
    return [commits[touch.commit].subject for touch in reversed(touched.get(path, ()))]


def _edit(there: Project, path: str, line: int, subject: str) -> None:
    lines = there.read(path).splitlines()
    lines[line] += f"　{subject}"
    there.write({path: "\n".join(lines) + "\n"}).commit(subject)


def _merge(there: Project, branch: str, *options: str) -> None:
    there.git("merge", "-q", "--no-ff", "-m", "取り込む", *options, branch)


def test_change_that_came_by_a_merge_counts_once(tracked: Project) -> None:
    """A file changed on both sides has both changes; the merge that put them together is none."""
    tracked.git("checkout", "-q", "-b", "side")
    _edit(tracked, PLAN, 1, "枝で直す")
    tracked.git("checkout", "-q", "main")
    _edit(tracked, PLAN, 10, "幹で直す")
    _merge(tracked, "side")
    assert _subjects(tracked, PLAN) == ["初版", "幹で直す", "枝で直す"]
    assert _subjects(tracked, STAFF) == ["初版"]


def test_merge_that_changed_something_itself(tracked: Project) -> None:
    """An evil merge is a change of its own, of the file it changed and of no other."""
    tracked.git("checkout", "-q", "-b", "side")
    _edit(tracked, PLAN, 1, "枝で直す")
    tracked.git("checkout", "-q", "main")
    _edit(tracked, PLAN, 10, "幹で直す")
    _merge(tracked, "side", "--no-commit")
    tracked.write({PLAN: tracked.read(PLAN).replace("5行目", "五行目"), "data/new.yml": "x\n"}).commit("取り込んで直す")
    assert _subjects(tracked, PLAN) == ["初版", "幹で直す", "枝で直す", "取り込んで直す"]
    assert _subjects(tracked, "data/new.yml") == ["取り込んで直す"]
    assert _subjects(tracked, STAFF) == ["初版"]


def test_conflict_settled_anew(tracked: Project) -> None:
    """A conflict that was settled with a third text is a change by the merge."""
    tracked.git("checkout", "-q", "-b", "side")
    _edit(tracked, PLAN, 5, "枝で直す")
    tracked.git("checkout", "-q", "main")
    _edit(tracked, PLAN, 5, "幹で直す")
    tracked.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side")
    tracked.write({PLAN: TEXT.replace("5行目", "五行目")}).commit("話し合って決める")
    assert _subjects(tracked, PLAN) == ["初版", "幹で直す", "枝で直す", "話し合って決める"]


@pytest.mark.parametrize(("deleting", "editing"), [("side", "main"), ("main", "side")])
def test_deletion_that_a_merge_undid_is_no_change(tracked: Project, deleting: str, editing: str) -> None:
    """A file that one side took away, and the merge kept in a form of its own, was not taken away."""
    tracked.git("branch", "side")
    tracked.git("checkout", "-q", deleting)
    tracked.write({PLAN: None}).commit("消す")
    tracked.git("checkout", "-q", editing)
    _edit(tracked, PLAN, 5, "直す")
    tracked.git("checkout", "-q", "main")
    tracked.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side")
    tracked.write({PLAN: TEXT.replace("5行目", "五行目")}).commit("残すと決める")
    assert _subjects(tracked, PLAN) == ["初版", "直す", "残すと決める"]


def test_what_a_merge_threw_away_is_no_change(tracked: Project) -> None:
    """A branch of which the merge took nothing has not changed the file, as `git log FILE` has it."""
    tracked.git("checkout", "-q", "-b", "side")
    _edit(tracked, PLAN, 5, "枝で直す")
    tracked.git("checkout", "-q", "main")
    _edit(tracked, STAFF, 5, "幹で直す")
    _merge(tracked, "side", "-s", "ours")
    assert _subjects(tracked, PLAN) == ["初版"]


def test_same_change_on_both_sides_counts_once(tracked: Project) -> None:
    """A change that was picked from the branch onto the main line before the merge is told as the main line's."""
    tracked.git("checkout", "-q", "-b", "side")
    _edit(tracked, PLAN, 5, "直す")
    tracked.git("checkout", "-q", "main")
    _edit(tracked, STAFF, 5, "別件")
    _edit(tracked, PLAN, 5, "直す")
    _merge(tracked, "side")
    assert _subjects(tracked, PLAN) == ["初版", "直す"]


def test_renamed_on_a_branch_and_changed_on_the_main_line(tracked: Project) -> None:
    """The main line's change of the old name is a change of the file that has the new one."""
    tracked.git("checkout", "-q", "-b", "side")
    tracked.git("mv", PLAN, "data/計画.yml")
    tracked.commit("名を改める")
    tracked.git("checkout", "-q", "main")
    _edit(tracked, PLAN, 10, "幹で直す")
    _merge(tracked, "side")
    assert _subjects(tracked, "data/計画.yml") == ["初版", "幹で直す", "名を改める"]


def test_changed_on_a_branch_and_renamed_on_the_main_line(tracked: Project) -> None:
    """The same the other way round; what is changed after the merge goes on under the new name."""
    tracked.git("checkout", "-q", "-b", "side")
    _edit(tracked, PLAN, 10, "枝で直す")
    tracked.git("checkout", "-q", "main")
    tracked.git("mv", PLAN, "data/計画.yml")
    tracked.commit("名を改める")
    _merge(tracked, "side")
    _edit(tracked, "data/計画.yml", 3, "また直す")
    assert _subjects(tracked, "data/計画.yml") == ["初版", "名を改める", "枝で直す", "また直す"]


def test_contract_moved_to_another_folder(project: Callable[..., Project]) -> None:
    """Every file of a contract keeps its history when the folder is renamed, edited in passing or not."""
    names = ("contract", "staff", "plan")
    there = project({f"data/contracts/old/{name}.yml": TEXT.replace("行目", name) for name in names})
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    _edit(there, "data/contracts/old/plan.yml", 2, "計画を直す")
    there.git("mv", "data/contracts/old", "data/contracts/new")
    _edit(there, "data/contracts/new/plan.yml", 3, "契約の名を改める")
    assert _subjects(there, "data/contracts/new/plan.yml") == ["初版", "計画を直す", "契約の名を改める"]
    assert _subjects(there, "data/contracts/new/staff.yml") == ["初版", "契約の名を改める"]
    assert _subjects(there, "data/contracts/old/staff.yml") == []


def test_deleted_and_made_again(tracked: Project) -> None:
    """A file that was away for a while is the same file: its going and its coming back are changes."""
    kept = tracked.read(PLAN)
    tracked.write({PLAN: None}).commit("消す")
    _edit(tracked, STAFF, 1, "別件")
    tracked.write({PLAN: kept}).commit("戻す")
    assert _subjects(tracked, PLAN) == ["初版", "消す", "戻す"]


def test_older_file_of_the_same_name_is_another(tracked: Project) -> None:
    """A file that took the name of one deleted before has its own history, not the other's."""
    tracked.write({PLAN: None}).commit("消す")
    tracked.git("mv", STAFF, PLAN)
    tracked.commit("名を改める")
    assert _subjects(tracked, PLAN) == ["初版", "名を改める"]
    repository = Repository.at(tracked.root)
    assert repository is not None
    _, touched = following.touches(rawlog.read(repository), repository.own)
    assert [touch.before[0].path for touch in touched[PLAN] if touch.before] == [STAFF]


def test_copy_begins_anew(tracked: Project) -> None:
    """A copied file's history begins with the copy; the one it was copied from keeps its own."""
    _edit(tracked, PLAN, 1, "直す")
    tracked.write({"data/copy.yml": tracked.read(PLAN)}).commit("写す")
    assert _subjects(tracked, "data/copy.yml") == ["写す"]
    assert _subjects(tracked, PLAN) == ["初版", "直す"]


def test_records_that_are_much_alike_are_two(project: Callable[..., Project]) -> None:
    """A record that was deleted in the commit that wrote a similar one is not taken for its past."""
    first = "title: 定期点検\nstart: 2026-04-28 13:00\nend: 2026-04-28 15:30\npeople: [p01]\ncontent: 容量を見た\n"
    second = first.replace("04-28", "05-26").replace("容量を見た", "メールの遅れを調べて設定を改めた")
    there = project({"data/1.yml": first})
    there.git("init", "-q")
    there.commit("四月")
    there.write({"data/1.yml": None, "data/2.yml": second}).commit("五月")
    assert _subjects(there, "data/2.yml") == ["五月"]


def test_project_that_was_moved_into_a_folder(tmp_path: Path) -> None:
    """What lay outside of the project's folder is not looked into: the history begins where the project does."""
    outside = Project(tmp_path).write({PLAN: TEXT})
    git(tmp_path, "init", "-q", "-b", "main")
    outside.commit("初版")
    (tmp_path / "業務").mkdir()
    git(tmp_path, "mv", "data", "業務/data")
    outside.commit("移す")
    there = Project(tmp_path / "業務")
    _edit(there, PLAN, 1, "直す")
    assert _subjects(there, PLAN) == ["移す", "直す"]


# --- against git ------------------------------------------------------------------------------------------

FILES = ("data/甲.yml", "data/乙.yml", "data/丙.yml")


def _random(root: Path, seed: int, commits: int = 40) -> None:
    """A history of branches and merges in which files change; a merge takes each from either side, or new."""
    chance = random.Random(seed)
    states: dict[int, dict[str, int]] = {0: dict.fromkeys(FILES, 0)}
    stream = ""
    for mark in range(1, commits + 1):
        recent = sorted(states)[-4:]
        parents = sorted(chance.sample(recent, min(len(recent), chance.choice((1, 1, 1, 2, 3)))), reverse=True)
        sides = [states[parent] for parent in parents]
        state = {name: chance.choice(sides)[name] for name in FILES}
        if len(parents) == 1 or chance.random() < 0.2:
            state[chance.choice(FILES)] = mark if chance.random() < 0.8 else 0
        states[mark] = state
        stream += f"commit refs/heads/main\nmark :{mark}\ncommitter x <x@example.jp> {1775000000 + mark} +0900\n"
        stream += f"data {len(str(mark))}\n{mark}\n"
        known = [parent for parent in parents if parent]
        stream += "".join(f"{word} :{p}\n" for word, p in zip(("from", "merge", "merge"), known, strict=False))
        stream += "deleteall\n" + "".join(_blob(name, state[name]) for name in FILES)
    git(root, "init", "-q", "-b", "main")
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream.encode(), check=True)
    git(root, "reset", "-q", "--hard", "main")


def _blob(name: str, number: int) -> str:
    text = f"番号: {number}\n"
    return f"M 100644 inline {name}\ndata {len(text.encode())}\n{text}\n"


@pytest.mark.parametrize("seed", range(12))
def test_random_history_is_as_git_tells_it(tmp_path: Path, seed: int) -> None:
    """The commits of each file, merges aside, are those of `git log FILE`, which walks the history for each."""
    _random(tmp_path, seed)
    repository = Repository.at(tmp_path)
    assert repository is not None
    commits, touched = following.touches(rawlog.read(repository), repository.own)
    for name in FILES:
        raw = {commit.id for commit in rawlog.read(repository) if len(commit.parents) < 2}
        ours = {commits[touch.commit].id for touch in touched[name]} & raw
        assert ours == set(git(tmp_path, "log", "--no-merges", "--format=%H", "--", name).split())
