"""A contract as it stood at a commit: what did not change is the same, what changed is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from generator.history import states
from generator.history.states import Snapshots, changes, partners
from generator.intake.portfolio import load
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from tests.edits import AFTER, BEFORE, CLAUSES, STAFF, edited, renamed
from tests.support import CONTRACT, Project


def _snapshots(there: Project) -> Snapshots:
    repository = Repository.at(there.root)
    assert repository is not None
    return Snapshots(repository)


def test_a_commit_is_read_like_the_working_tree(project: Callable[..., Project]) -> None:
    """The same contract, from the same files."""
    there = edited(project)
    state = _snapshots(there).state(there.git("rev-parse", "v2").strip(), "mihon")
    loaded = load(WorkingTree(there.root))
    assert state is not None
    assert state.contract == loaded.portfolio.contracts["mihon"]
    assert sorted(file.path for file in state.files) == sorted(file.path for file in loaded.files)


def test_files_that_stayed_are_the_same(project: Callable[..., Project]) -> None:
    """Between two commits only what differs is read a second time."""
    there = edited(project, {CLAUSES: AFTER[CLAUSES]})
    snapshots = _snapshots(there)
    one, two = (snapshots.state(there.git("rev-parse", name).strip(), "mihon") for name in ("v1", "v2"))
    assert one is not None
    assert two is not None
    other = [file.path for file in two.files if not any(file is before for before in one.files)]
    assert other == [CLAUSES]


def test_what_the_working_tree_gave_is_not_read_again(
    project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the last commit only what was changed since is read."""
    there = edited(project)
    there.write({STAFF: str(AFTER[STAFF]).replace("例示 三郎", "例示 四郎")})
    snapshots = _snapshots(there)
    snapshots.know(load(WorkingTree(there.root)).files, snapshots.repository.uncommitted())
    asked: list[str] = []
    contents = Repository.contents

    def counted(self: Repository, blobs: Iterable[str]) -> Iterator[bytes | None]:
        wanted = [*blobs]
        asked.extend(wanted)
        return contents(self, wanted)

    monkeypatch.setattr(Repository, "contents", counted)
    assert snapshots.state(snapshots.repository.head, "mihon") is not None
    assert asked == [snapshots.blobs(snapshots.repository.head)[STAFF]]


def test_a_contract_that_was_not_there(project: Callable[..., Project]) -> None:
    """Neither at that commit, nor before the first."""
    there = edited(project)
    snapshots = _snapshots(there)
    assert snapshots.state(snapshots.repository.head, "betsu") is None
    assert snapshots.state(None, "mihon") is None


def test_data_that_cannot_be_read_leave_the_rest(project: Callable[..., Project]) -> None:
    """A commit with a broken file still has its contract, without that file."""
    there = edited(project)
    there.write({STAFF: "people: [\n"})
    there.commit("壊れた版", "2026-05-09T09:00:00+09:00")
    state = _snapshots(there).state(there.git("rev-parse", "HEAD").strip(), "mihon")
    assert state is not None
    assert state.contract.staff.people == ()
    assert state.contract.clauses


def test_a_contract_under_its_former_name(project: Callable[..., Project]) -> None:
    """At each commit it is found under the name it had then."""
    there = edited(project, renamed())
    snapshots = _snapshots(there)
    names = [snapshots.name_at(there.git("rev-parse", name).strip(), ["rei", "mihon"]) for name in ("v1", "v2")]
    assert names == ["mihon", "rei"]


def test_partners(project: Callable[..., Project]) -> None:
    """Every contract once; whoever was renamed beside its former self."""
    old = load(WorkingTree(project(BEFORE, "old").root)).files
    moved = {path: text for path, text in {**BEFORE, **renamed()}.items() if text is not None}
    new = load(WorkingTree(project(moved, "new").root)).files
    assert partners(old, new) == [("mihon", "rei")]
    assert partners(old, []) == [("mihon", None)]
    assert partners([], new) == [(None, "rei")]


def test_contents_are_given_for_what_changed(project: Callable[..., Project]) -> None:
    """By the path a change names, before and after."""
    old, new = (
        next(iter(states.states(one.files, one.portfolio.contracts).values()))
        for one in (load(WorkingTree(project(files, name).root)) for name, files in (("old", BEFORE), ("new", AFTER)))
    )
    found, contents = changes(old, new)
    assert {change.file for change in found} == set(contents)
    assert contents[f"{CONTRACT}/records/incidents/2026-002.yml"][0] is None
    assert contents[STAFF][1]["people"][0]["name"] == "見本 花子"
