"""Data as everybody may read it: still valid, the same everywhere, and without anybody's name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.intake import personal
from generator.intake.datafiles import DataFile
from generator.intake.portfolio import Loaded, load
from generator.intake.positions import Spot
from generator.intake.redaction import Redaction, Renamed
from generator.intake.schema import load_schemas, validate
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.documents.filled import design, files
from tests.support import CONTRACT, ROOT, WHOLE, Files, Project, whole_project

SCHEMAS = load_schemas().by_kind
STAFF = f"{CONTRACT}/staff.yml"


def _loaded(project: Callable[..., Project], changes: Files) -> Loaded:
    return load(WorkingTree(project(whole_project(changes)).root))


def _redaction(loaded: Loaded) -> Redaction:
    contents = [personal.content(SCHEMAS[file.kind], file.value) for file in loaded.files if file.value]
    return Redaction.of(contents, [file.path for file in loaded.files])


def _public(loaded: Loaded) -> tuple[list[DataFile], Contract]:
    told, portfolio = _redaction(loaded).files(loaded.files)
    return told, portfolio.contracts["mihon"]


NAMED = WHOLE[STAFF].replace("p1", "sato-taro")


def test_people_keep_their_places(project: Callable[..., Project]) -> None:
    """Somebody goes by another id wherever something names them, and by no name, number or address."""
    changes = {STAFF: NAMED, f"{CONTRACT}/checklist.yml": WHOLE[f"{CONTRACT}/checklist.yml"].replace("p1", "sato-taro")}
    _, contract = _public(_loaded(project, changes))
    (person,) = contract.staff.people
    assert (person.id, person.name, person.phone, person.email) == ("person-1", "非公開", "非公開", None)
    assert [one.person for one in contract.staff.appointments] == ["person-1"]
    assert (contract.checklist.officer, contract.checklist.answers[0].person) == ("person-1", "person-1")


def test_records_named_after_people(project: Callable[..., Project]) -> None:
    """The id in a record's name and in what names the record is the other one; the file is read under its own name."""
    work = f"{CONTRACT}/records/work/2026-sato-taro.yml"
    text = "title: 作業\nstart: 2026-04-28 13:00\nend: 2026-04-28 14:00\npeople: [sato-taro]\ncontent: 見本太郎の作業\n"
    loaded = _loaded(project, {STAFF: NAMED, work: text})
    told, contract = _public(loaded)
    entry = next(entry for entry in contract.entries if entry.kind == "work")
    path = f"{CONTRACT}/records/work/2026-person-1.yml"
    assert (entry.id, entry.source.path, entry.values["content"]) == ("2026-person-1", path, "非公開の作業")
    assert path in {file.path for file in told}
    files = {file.path: file.value for file in told}
    assert files[path]["people"] == ["person-1"]


def test_a_tree_under_other_names(project: Callable[..., Project]) -> None:
    """What is listed under the name that everybody may read can be read under it."""
    own = f"{CONTRACT}/records/incidents/sato-taro.yml"
    there = project(whole_project({STAFF: NAMED, own: "title: 障害\ncontacted: 2026-04-28 16:30\n"}))
    tree = WorkingTree(there.root)
    renamed = Renamed(tree, _redaction(load(tree)))
    path = f"{CONTRACT}/records/incidents/person-1.yml"
    assert path in list(renamed.files(CONTRACT))
    assert own not in list(renamed.files(CONTRACT))
    assert renamed.read(path) == tree.read(own)


def test_boxes_for_approvals_go_with_the_approvals(project: Callable[..., Project]) -> None:
    """Who approved is not told; an empty box would say that nobody has."""
    head = f"{CONTRACT}/contract.yml"
    given = (
        f"approvals:\n  - {{document: roster, role: approved, person: p1, at: 2026-04-20 10:00, content: {'0' * 64}}}\n"
    )
    loaded = _loaded(
        project, {head: WHOLE[head] + "approvals:\n  separate: true\n", f"{CONTRACT}/approvals.yml": given}
    )
    assert loaded.portfolio.contracts["mihon"].head.approvals is not None
    assert loaded.portfolio.contracts["mihon"].approvals
    _, contract = _public(loaded)
    assert contract.head.approvals is None
    assert contract.approvals == ()


def test_blank_stays_blank() -> None:
    """Nothing is said of a field that says nothing."""
    found = Redaction.of([]).value(SCHEMAS["staff"], {"people": [{"id": "p1", "name": "見本 太郎", "phone": ""}]})
    assert found == {"people": [{"id": "person", "name": "非公開", "phone": ""}]}


def test_what_is_left_is_valid(project: Callable[..., Project]) -> None:
    """A file of every kind with every field filled is as valid as before, and holds a word where somebody was named."""
    loaded = _loaded(project, {**files("文字"), **design("文字")})
    told, _ = _public(loaded)
    before = {file.path: file for file in loaded.files}
    assert len(told) == len(before) > 100
    for file in told:
        was = before[file.path]
        problems = [problem.message for problem in validate(SCHEMAS[was.kind], was.value, was.spot, was.path)[1]]
        assert [
            problem.message for problem in validate(SCHEMAS[file.kind], file.value, Spot(1, 1), file.path)[1]
        ] == problems
    assert sum("非公開" in str(file.value) for file in told) > 15


def test_an_order_that_stays() -> None:
    """Whoever came first has the first id; a record of that name leaves it free."""
    first, later = (personal.Content(people=people) for people in (["b", "a"], ["c", "a"]))
    assert Redaction.of([first, later]).people == {"b": "person-1", "a": "person-2", "c": "person-3"}
    taken = f"{CONTRACT}/records/work/person-1.yml"
    assert Redaction.of([first], [taken]).people == {"b": "person-2", "a": "person-3"}


def test_shipped_data() -> None:
    """Of the data of this repository nothing but names goes from its texts."""
    loaded = load(WorkingTree(Path(ROOT)))
    redaction = _redaction(loaded)
    masked: set[str] = set()

    def look(place: personal.Place, value: object) -> None:
        if (
            not place.personal
            and not place.names_somebody
            and isinstance(value, str)
            and redaction.text(value) != value
        ):
            masked.add(place.path)

    for file in loaded.files:
        personal.rebuilt(SCHEMAS[file.kind], file.value, look)
    assert masked == {"records/structure-changes/reason"}
