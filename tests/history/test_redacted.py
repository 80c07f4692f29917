"""History as everybody may read it."""

from __future__ import annotations

from collections.abc import Callable

from generator.history import log, redacted
from generator.history.checklists import since_submitted
from generator.history.personal import redaction
from generator.history.revisions import of_document
from generator.history.states import Snapshots
from generator.intake.portfolio import Loaded, load
from generator.intake.redaction import Redaction
from generator.intake.repository import Repository
from generator.intake.schema import load_schemas
from generator.intake.tree import WorkingTree
from generator.model import Difference, Effect
from generator.problems import Problem, Source
from tests.support import CONTRACT, WHOLE, Project, whole_project

STAFF, CHECKLIST = f"{CONTRACT}/staff.yml", f"{CONTRACT}/checklist.yml"
NAMED = {path: WHOLE[path].replace("p1", "sato-taro") for path in (STAFF, CHECKLIST)}
RECORD = f"{CONTRACT}/records/incidents/sato-taro.yml"


def _there(project: Callable[..., Project]) -> Project:
    there = project(whole_project(NAMED | {RECORD: "title: 障害\ncontacted: 2026-04-28 16:30\nplace: 見本太郎の席\n"}))
    there.git("init", "-q", "-b", "main")
    there.commit("見本太郎が書いた初版", "2026-04-02T09:00:00+09:00")
    there.write({CHECKLIST: NAMED[CHECKLIST].replace("誓約書", "見本 太郎の誓約書")}).commit(
        "証跡", "2026-05-20T09:00:00+09:00"
    )
    return there


def _told(there: Project) -> tuple[Loaded, log.History, Redaction, Repository]:
    repository, loaded = Repository.at(there.root), load(WorkingTree(there.root))
    assert repository is not None
    left_out = redaction(loaded.files, repository)
    return redacted.loaded(loaded, left_out), redacted.history(log.read(repository), left_out), left_out, repository


def test_who_wrote_is_not_told(project: Callable[..., Project]) -> None:
    """Editions bear no author, and their reasons no name; the files they are of go by their other names."""
    _, history, _, _ = _told(_there(project))
    path = f"{CONTRACT}/records/incidents/person-1.yml"
    (edition,) = of_document(history, [path]).editions
    assert (edition.author, edition.reason) == ("非公開", "非公開が書いた初版")
    assert RECORD not in history.touched


def test_states_of_the_past(project: Callable[..., Project]) -> None:
    """A contract as it was is told as the one of today is: with the same ids, and without names."""
    loaded, history, left_out, repository = _told(_there(project))
    snapshots = Snapshots(repository, left_out)
    snapshots.know(loaded.files, history.uncommitted)
    first = history.commits[-1].id
    for commit in (first, repository.head):
        state = snapshots.state(commit, "mihon")
        assert state is not None
        assert [(one.id, one.name) for one in state.contract.staff.people] == [("person-1", "非公開")]
        assert {entry.id for entry in state.contract.entries} == {"2026-001", "person-1"}
        assert [e.values["place"] for e in state.contract.entries if e.id == "person-1"] == ["非公開の席"]


def test_what_changed_since_the_submission(project: Callable[..., Project]) -> None:
    """The answers of before are compared without names, so that a name alone is no change."""
    loaded, history, _, repository = _told(_there(project))
    contract = loaded.portfolio.contracts["mihon"]
    (change,) = since_submitted(contract, "1", history, repository, load_schemas()).changes
    assert (change.field, change.before, change.after) == ("証跡", "誓約書", "非公開の誓約書")


def test_effects_of_system_changes() -> None:
    """What a change did to the design is told by its schema; what differs in somebody's name only does not differ."""
    left_out = Redaction.of([])
    place = "design"
    tests = {"id": "t1", "title": "試験", "tester": "佐藤 花子"}
    differences = (
        Difference(place=place, name="tests/t1", before=tests, after=tests | {"tester": "伊藤 次郎"}),
        Difference(place=place, name="tests/t1", before=tests, after=tests | {"title": "結合試験"}),
        Difference(place=place, name="overview/purpose", before="業務", after="業務の効率"),
        Difference(place="manuals", name="user/s1", before=None, after={"title": "章", "order": 1, "body": "本文"}),
    )
    (found,) = redacted.effects({"2026-001": Effect(differences=differences)}, left_out).values()
    assert [one.name for one in found.differences] == ["tests/t1", "overview/purpose", "user/s1"]
    assert found.differences[0].after == {"id": "t1", "title": "結合試験", "tester": "非公開"}


def test_problems_say_no_more_than_where() -> None:
    """What is wrong may be what somebody is called."""
    problem = Problem(Source(RECORD, 3, 5), "REF001", "人「sato-tarou」がありません", "sato-taro ではありませんか")
    (told,) = redacted.problems([problem], Redaction.of([]))
    assert (told.code, told.source, told.hint) == ("REF001", Source(RECORD, 3, 5), "")
    assert "sato" not in told.message
