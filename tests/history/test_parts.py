"""Which parts of a data file a change changed, from a real repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from generator.history.log import History, read
from generator.history.parts import ADDED, ALL, CHANGED, REMOVED, UNREADABLE, Part, told
from generator.intake.repository import Repository
from generator.intake.schema import load_schemas
from tests.history.test_rawlog import Kept
from tests.support import CONTRACT, WHOLE, Project, swapped, whole_project

STAFF, INCIDENT = f"{CONTRACT}/staff.yml", f"{CONTRACT}/records/incidents/2026-001.yml"


@pytest.fixture
def tracked(project: Callable[..., Project]) -> Project:
    """The whole project in a repository of its own."""
    there = project(whole_project())
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    return there


def _history(there: Project, store: Kept | None = None) -> History:
    return read(Repository.at(there.root), store)


def _parts(history: History, path: str) -> list[Part]:
    return [history.parts.of(touch) for touch in reversed(history.touched[path])]


def _last(there: Project, path: str) -> Part:
    return _parts(_history(there), path)[-1]


def _edited(there: Project, path: str, old: str, new: str) -> Project:
    text = there.read(path)
    assert old in text
    return there.write({path: text.replace(old, new)})


def test_fields_in_the_order_of_the_schema(tracked: Project) -> None:
    """The top fields that say something else, however deep the change lies in them."""
    text = (
        WHOLE[STAFF].replace("person: p1\n    role", "person: p1\n    deputy: true\n    role")
        + "first_response: 2時間\n"
    )
    tracked.write({STAFF: text.replace("name: ", "phone: 00-0000-0000\n    name: ", 1)}).commit("直す")
    assert _last(tracked, STAFF) == Part("staff", STAFF, CHANGED, ("people", "appointments", "first_response"))


def test_what_only_looks_different(tracked: Project) -> None:
    """Comments, order of keys and another way of writing a date change nothing that is said."""
    text = tracked.read(INCIDENT).replace("2026-04-28 16:30", "令和8年4月28日 16:30")
    tracked.write({INCIDENT: "# 書き直した\n" + "\n".join(sorted(text.splitlines())) + "\nsymptom: \n"}).commit(
        "整える"
    )
    assert _last(tracked, INCIDENT) == Part("records/incidents", INCIDENT, CHANGED)


def test_added_and_removed(tracked: Project) -> None:
    """A file that came and went has no fields to name."""
    tracked.write({INCIDENT: None}).commit("消す")
    assert [part.what for part in _parts(_history(tracked), INCIDENT)] == [ADDED, REMOVED]


def test_moved(tracked: Project) -> None:
    """A file that was renamed says so, and what else changed."""
    new = INCIDENT.replace("2026-001", "r8-001")
    tracked.git("mv", INCIDENT, new)
    tracked.commit("名を改める")
    assert _last(tracked, new) == Part("records/incidents", new, CHANGED, (), moved=True)
    tracked.git("mv", new, INCIDENT)
    _edited(tracked, INCIDENT, "送信できない", "受信できない").commit("名を戻す")
    assert _last(tracked, INCIDENT) == Part("records/incidents", INCIDENT, CHANGED, ("title",), moved=True)


def test_became_another_kind(tracked: Project) -> None:
    """Two schemas have no fields in common."""
    new = f"{CONTRACT}/records/inquiries/2026-001.yml"
    (tracked.root / new).parent.mkdir(parents=True)
    tracked.git("mv", INCIDENT, new)
    _edited(tracked, new, "送信できない", "受信できない").commit("問合せだった")
    assert _last(tracked, new) == Part("records/inquiries", new, CHANGED, ALL, moved=True)


def test_unreadable_edition(tracked: Project) -> None:
    """An edition that was no YAML is told, on the way into it and out of it."""
    tracked.write({INCIDENT: "title: [\n"}).commit("誤る")
    tracked.write({INCIDENT: WHOLE[INCIDENT]}).commit("直す")
    assert [part.what for part in _parts(_history(tracked), INCIDENT)] == [ADDED, UNREADABLE, UNREADABLE]


def test_file_of_no_kind(tracked: Project) -> None:
    """A manual is not looked into."""
    path = f"{CONTRACT}/manuals/運用 手順.md"
    tracked.write({path: "# 一\n"}).commit("書く")
    tracked.write({path: "# 二\n"}).commit("直す")
    assert _last(tracked, path) == Part(None, path, CHANGED, ALL)


def test_merge_that_changed_something_itself(tracked: Project) -> None:
    """Only what is as in neither parent is the merge's; what came from them is theirs."""
    tracked.git("checkout", "-q", "-b", "side")
    _edited(tracked, STAFF, "contact_lines:", "first_response: 2時間\ncontact_lines:").commit("枝で直す")
    tracked.git("checkout", "-q", "main")
    _edited(tracked, STAFF, "people:\n", "people:\n  - {id: p9, name: 例示 花子}\n").commit("幹で直す")
    tracked.git("merge", "-q", "--no-ff", "--no-commit", "side")
    _edited(tracked, STAFF, "label: 障害連絡", "label: 緊急連絡").commit("取り込む")
    fields = [part.fields for part in _parts(_history(tracked), STAFF)]
    assert fields == [(), ("people",), ("first_response",), ("contact_lines",)]


def _reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read_: list[str] = []
    contents = Repository.contents

    def counting(self: Repository, blobs: Any) -> Any:
        asked = list(blobs)
        read_.extend(asked)
        return contents(self, asked)

    monkeypatch.setattr(Repository, "contents", counting)
    return read_


def test_each_content_is_read_once(tracked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five changes of a file have six contents; with what was kept, a seventh is the only one to read."""
    store, asked = Kept(), _reading(monkeypatch)
    for number in range(5):
        tracked.write(swapped(INCIDENT, "送信", f"{number}番の")).commit(f"{number}")
    assert len(_parts(_history(tracked, store), INCIDENT)) == 6
    assert (len(asked), len(set(asked))) == (6, 6)
    again = _parts(_history(tracked, store), INCIDENT)
    assert len(asked) == 6
    assert again == _parts(_history(tracked), INCIDENT)
    del asked[:]
    tracked.write(swapped(INCIDENT, "送信", "受信")).commit("受信")
    _parts(_history(tracked, store), INCIDENT)
    assert len(asked) == 1
    _history(tracked, store)
    assert len(asked) == 1


def test_what_is_kept_holds_no_values(tracked: Project) -> None:
    """What people are called does not stand in what is kept of their history."""
    store = Kept()
    tracked.write({STAFF: tracked.read(STAFF).replace("p1\n    name: ", "p1\n    name: 旧姓 ", 1)}).commit("直す")
    _parts(_history(tracked, store), STAFF)
    assert {"log", "contents", "changes"} == set(store.pieces)
    assert "旧姓" not in "".join(json.dumps(json.loads(piece), ensure_ascii=False) for piece in store.pieces.values())


def test_damaged_or_foreign_piece_is_made_again(tracked: Project) -> None:
    """A piece that other schemas left says nothing about these."""
    store = Kept()
    tracked.write(swapped(INCIDENT, "送信", "受信")).commit("直す")
    first = _parts(_history(tracked, store), INCIDENT)
    code, said = json.loads(store.pieces["changes"])
    store.pieces["changes"] = json.dumps([f"{code}x", {name: [] for name in said}]).encode()
    assert _parts(_history(tracked, store), INCIDENT) == first


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("title: x\ncontacted: 2026-04-28 16:30\n", {"title", "contacted"}),
        ("title: x\ncontacted: 2026-04-28 16:30\noccurred: いつか\n", {"title", "contacted"}),
        ("title: x\ncontacted: 2026-04-28 16:30\nhardware: false\nsymptom: \n", {"title", "contacted", "hardware"}),
        ("title: x\n", None),
        ("- x\n", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_told(text: str, fields: set[str] | None) -> None:
    """Of a file that is right in part, that part is told; one that lacks what its kind must have cannot be."""
    found = told(text.encode(), load_schemas().by_kind["records/incidents"])
    assert (None if found is None else set(found)) == fields
