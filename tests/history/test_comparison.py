"""Two states of the data by meaning, against expectations and against a slow way of finding edits again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.history.comparison import ADDED, CHANGED, MOVED, REMOVED, RENAMED, RENUMBERED, Change, called, compare
from generator.intake.datafiles import DataFile
from generator.intake.positions import Spot
from generator.intake.schema import load_schemas

Said = tuple[str, str, tuple[str, ...], Any, Any]


def data(path: str, value: Any) -> DataFile:
    """A data file as it is accepted."""
    match = load_schemas().of(path)
    assert match is not None
    return DataFile(path, match[0].kind, match[1], value, Spot(1, 1))


def staff(*people: dict[str, Any], **more: Any) -> list[DataFile]:
    """A contract's staff."""
    return [data("data/contracts/mihon/staff.yml", {"people": list(people), **more})]


def plan(*tasks: dict[str, Any]) -> list[DataFile]:
    """A contract's plan."""
    return [data("data/contracts/mihon/plan.yml", {"tasks": list(tasks)})]


def incident(**fields: Any) -> list[DataFile]:
    """A contract's one incident."""
    return [data("data/contracts/mihon/records/incidents/2026-001.yml", {"title": "送信できない", **fields})]


def said(changes: list[Change]) -> list[Said]:
    """Changes without the file and the names of items."""
    return [(c.what, ".".join(c.steps), c.ids, c.before, c.after) for c in changes]


TANAKA = {"id": "p1", "name": "田中", "title": "主任"}
SATO = {"id": "p2", "name": "佐藤", "title": "主任"}
ITO = {"id": "p3", "name": "伊藤", "title": "主任"}

MANAGER = {"person": "p1", "role": "manager", "start": dt.date(2026, 4, 1)}

EDITS: dict[str, tuple[list[DataFile], list[DataFile], list[Said]]] = {
    "nothing": (staff(TANAKA), staff(TANAKA), []),
    "renamed": (
        staff(TANAKA),
        staff({**TANAKA, "name": "鈴木"}),
        [(RENAMED, "people.*.name", ("p1",), "田中", "鈴木")],
    ),
    "renamed and moved: once, as a rename": (
        staff(TANAKA, SATO, ITO),
        staff(SATO, ITO, {**TANAKA, "name": "鈴木"}),
        [(RENAMED, "people.*.name", ("p1",), "田中", "鈴木")],
    ),
    "a person's title of office is no name": (
        staff(TANAKA),
        staff({**TANAKA, "title": "課長"}),
        [(CHANGED, "people.*.title", ("p1",), "主任", "課長")],
    ),
    "reordered": (
        staff(TANAKA, SATO, ITO),
        staff(ITO, TANAKA, SATO),
        [(MOVED, "people", (), ["田中", "佐藤", "伊藤"], ["伊藤", "田中", "佐藤"])],
    ),
    "added and removed": (
        staff(TANAKA, SATO),
        staff(SATO, ITO),
        [(REMOVED, "people.*", ("p1",), TANAKA, None), (ADDED, "people.*", ("p3",), None, ITO)],
    ),
    "a field that was blank": (
        staff(TANAKA),
        staff({**TANAKA, "phone": "03-0000-0000"}),
        [(CHANGED, "people.*.phone", ("p1",), None, "03-0000-0000")],
    ),
    "an appointment has ended": (
        staff(appointments=[MANAGER]),
        staff(appointments=[{**MANAGER, "end": dt.date(2026, 9, 30)}]),
        [(CHANGED, "appointments.*.end", ("p1/manager/2026-04-01",), None, dt.date(2026, 9, 30))],
    ),
    "an appointment's day put right": (
        staff(appointments=[MANAGER]),
        staff(appointments=[{**MANAGER, "start": dt.date(2026, 5, 1)}]),
        [
            (
                CHANGED,
                "appointments.*.start",
                ("p1/manager/2026-05-01",),
                dt.date(2026, 4, 1),
                dt.date(2026, 5, 1),
            )
        ],
    ),
    "a task renumbered": (
        plan({"id": "check", "title": "サーバ定期点検", "each": "month", "note": "停止を伴う"}),
        plan({"id": "inspection", "title": "サーバ定期点検", "each": "month", "note": "停止を伴う"}),
        [(RENUMBERED, "tasks.*", ("inspection",), "check", "inspection")],
    ),
    "a list of scalars": (
        plan({"id": "a", "title": "点検", "months": [4, 10]}),
        plan({"id": "a", "title": "点検", "months": [4, 7, 10]}),
        [(ADDED, "tasks.*.months.*", ("a", "7"), None, 7)],
    ),
    "a list of scalars in another order": (
        plan({"id": "a", "title": "点検", "months": [4, 10]}),
        plan({"id": "a", "title": "点検", "months": [10, 4]}),
        [(MOVED, "tasks.*.months", ("a",), ["4", "10"], ["10", "4"])],
    ),
    "false where nothing was written": (
        incident(),
        incident(hardware=False),
        [(CHANGED, "hardware", (), None, False)],
    ),
    "false is not true": (incident(hardware=True), incident(hardware=False), [(CHANGED, "hardware", (), True, False)]),
    "null where nothing was written": (incident(), incident(symptom=None, extent={"users": None}), []),
    "a mapping's field": (
        incident(cause={"direct": "容量不足", "certainty": "suspected"}),
        incident(cause={"direct": "容量不足", "certainty": "certain"}),
        [(CHANGED, "cause.certainty", (), "suspected", "certain")],
    ),
    "a whole mapping": (
        incident(),
        incident(cause={"direct": "容量不足"}),
        [(CHANGED, "cause", (), None, {"direct": "容量不足"})],
    ),
    "rows without a key": (
        incident(timeline=[{"at": "9時", "what": "連絡を受けた"}, {"at": "10時", "what": "着手した"}]),
        incident(timeline=[{"at": "9時", "what": "連絡を受けた"}, {"at": "10時", "what": "復旧作業に着手した"}]),
        [(CHANGED, "timeline.*.what", ("",), "着手した", "復旧作業に着手した")],
    ),
    "a record's title": (
        incident(),
        incident(title="受信できない"),
        [(CHANGED, "title", (), "送信できない", "受信できない")],
    ),
    "a key no schema knows": (incident(), incident(extra="x"), [(CHANGED, "extra", (), None, "x")]),
    "a file added": ([], incident(), [(ADDED, "", (), None, {"title": "送信できない"})]),
    "a file removed": (incident(), [], [(REMOVED, "", (), {"title": "送信できない"}, None)]),
}


@pytest.mark.parametrize("name", EDITS)
def test_edit_is_told_for_what_it_is(name: str) -> None:
    """Each sort of edit by its own word, with the place, the ids on the way and both values."""
    before, after, expected = EDITS[name]
    assert said(compare(before, after)) == expected


def test_rows_are_found_again_when_one_comes_before_them() -> None:
    """A row put first does not change those that follow; a row that says something else altogether is another row."""
    rows = [{"measure": f"{n}日ごとに記録を確かめる", "owner": "p1"} for n in (1, 7)]
    new = {"measure": "予備の機器を用意する", "owner": "p2"}
    changes = compare(incident(prevention=rows), incident(prevention=[new, *rows]))
    assert said(changes) == [(ADDED, "prevention.*", ("",), None, new)]


def test_clauses_moved_down_by_a_new_one() -> None:
    """繰下げ: clauses whose numbers shift are renumbered, not rewritten."""

    def clauses(*texts: str) -> list[DataFile]:
        items = [{"id": f"7-{n}", "heading": text[:2], "text": text} for n, text in enumerate(texts, 1)]
        return [data("data/contracts/mihon/clauses.yml", {"clauses": items})]

    first, second, new = (
        "受付は電話による受付とし、記録を残す。",
        "復旧は直ちに着手し、結果を報告する。",
        "点検は毎月行う。",
    )
    changes = compare(clauses(first, second), clauses(new, first, second))
    assert [(c.what, c.before, c.after) for c in changes if c.what != ADDED] == [
        (RENUMBERED, "7-1", "7-2"),
        (RENUMBERED, "7-2", "7-3"),
    ]
    assert [c.after["text"] for c in changes if c.what == ADDED] == [new]


def test_names_and_ids_on_the_way() -> None:
    """A change deep inside says what it lies in, for people and by id."""
    deliverable = {"no": "4", "title": "作業実績報告書", "due": [{"each": "month", "within": "10 days of period.end"}]}
    later = {**deliverable, "due": [{"each": "month", "within": "15 days of period.end"}]}
    path = "data/contracts/mihon/deliverables.yml"
    (change,) = compare([data(path, {"deliverables": [deliverable]})], [data(path, {"deliverables": [later]})])
    assert (change.file, change.kind) == (path, "deliverables")
    assert change.steps == ("deliverables", "*", "due", "*", "within")
    assert change.items == ("作業実績報告書", "month")
    assert change.ids == ("4", "")


def test_broken_files_say_nothing() -> None:
    """A file that cannot be read on one side is neither added nor removed."""
    broken = [DataFile(f.path, f.kind, f.names, None, f.spot, lost=True) for f in incident()]
    assert compare(broken, incident()) == compare(incident(), broken) == []


@pytest.mark.parametrize(
    ("item", "name"),
    [({"id": "p1", "name": "田中"}, "田中"), ({"no": 4}, "4"), ({"start": 1, "note": "x"}, "x"), ({}, ""), (7, "7")],
)
def test_called(item: Any, name: str) -> None:
    """An item is called by its name, else its number, else the first thing it says."""
    assert called(item) == name


# --- edits found again, against the slow way --------------------------------------------------------------

PERSON = st.fixed_dictionaries(
    {}, optional={"phone": st.sampled_from(["03", "06"]), "title": st.sampled_from(["主任", "課長"])}
)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """People, and the same people after some left, came, were renamed, changed and stood elsewhere."""
    size = draw(st.integers(0, 6))
    people = [{"id": f"p{n}", "name": f"人{n}", **draw(PERSON)} for n in range(size)]
    after = []
    for person in people:
        fate = draw(st.sampled_from(["stay", "stay", "go", "rename", "change"]))
        if fate == "rename":
            after.append({**person, "name": f"{person['name']}改"})
        elif fate == "change":
            after.append({"id": person["id"], "name": person["name"], **draw(PERSON)})
        elif fate == "stay":
            after.append(dict(person))
    after += [{"id": f"n{n}", "name": f"新人{n}", **draw(PERSON)} for n in range(draw(st.integers(0, 2)))]
    return people, draw(st.permutations(after)) if draw(st.booleans()) else after


def slowly(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """The edits between two lists of people, one question at a time."""
    old, new = {p["id"]: p for p in before}, {p["id"]: p for p in after}
    found: set[tuple[Any, ...]] = {(REMOVED, key) for key in old if key not in new}
    found |= {(ADDED, key) for key in new if key not in old}
    for key in old:
        for field in ("name", "phone", "title") if key in new else ():
            if old[key].get(field) != new[key].get(field):
                found.add(
                    (RENAMED if field == "name" else CHANGED, key, field, old[key].get(field), new[key].get(field))
                )
    kept = [key for key in old if key in new and old[key]["name"] == new[key]["name"]]
    if kept != [person["id"] for person in after if person["id"] in kept]:
        found.add((MOVED,))
    return found


def _short(change: Change) -> tuple[Any, ...]:
    if change.what == MOVED:
        return (MOVED,)
    if change.what in (ADDED, REMOVED):
        return (change.what, change.ids[0])
    return (change.what, change.ids[0], change.steps[-1], change.before, change.after)


@given(edited())
def test_edits_are_found_again(lists: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    """What was done to a list is what is told, each thing once."""
    before, after = lists
    changes = [_short(change) for change in compare(staff(*before), staff(*after))]
    assert len(changes) == len(set(changes))
    assert set(changes) == slowly(before, after)


@given(edited())
def test_the_other_way_round(lists: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    """Backwards, what came went and what changed changed back."""
    before, after = lists
    there, back = compare(staff(*before), staff(*after)), compare(staff(*after), staff(*before))
    turned = {ADDED: REMOVED, REMOVED: ADDED}
    assert sorted((turned.get(c.what, c.what), c.ids, c.steps, str(c.after), str(c.before)) for c in there) == sorted(
        (c.what, c.ids, c.steps, str(c.before), str(c.after)) for c in back
    )


@given(st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=6), st.data())
def test_reordering_alone_is_one_change(contents: list[str], data_: st.DataObject) -> None:
    """A list of scalars in another order is told once; in its own order, not at all."""
    mixed = data_.draw(st.permutations(contents))
    path = "data/contracts/mihon/deliverables.yml"
    sides = [
        [data(path, {"deliverables": [{"no": "1", "title": "表", "contents": side}]})] for side in (contents, mixed)
    ]
    assert [change.what for change in compare(*sides)] == ([] if contents == mixed else [MOVED])
