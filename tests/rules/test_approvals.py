"""Approvals without looking into documents: who may give them, which count, which documents have boxes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.model import Appointment, Approval, ApprovalBoxes
from generator.rules.approvals import APPROVED, PREPARED, boxes, latest, posts, prepared_by
from tests.documents.recorded import contract
from tests.support import CONTRACT, Project, whole_project

HEAD = f"{CONTRACT}/contract.yml"


def _given(role: str, person: str, at: str, document: str = "a") -> Approval:
    return Approval(document=document, role=role, person=person, at=dt.datetime.fromisoformat(at), content="0" * 64)


def _written(*rows: tuple[str, str, str]) -> str:
    lines = (
        f"  - {{document: a, role: {role}, person: {person}, at: {at}, content: {'0' * 64}}}\n"
        for role, person, at in rows
    )
    return "approvals:\n" + "".join(lines)


def _problems(there: Project) -> list[str]:
    return [line.split(" ", 3)[2] + " " + line.split(" ", 3)[3] for line in there.check().lines]


@pytest.mark.parametrize(
    ("person", "at", "message"),
    [
        ("p1", "2026-04-01 9:00", None),
        ("p1", "2026-03-31 9:00", "APR001 確認をした見本 太郎は、令和8年3月31日の体制に載っていません"),
        ("p9", "2026-04-01 9:00", "REF001 人「p9」がありません"),
    ],
)
def test_only_who_is_appointed(project: Callable[..., Project], person: str, at: str, message: str | None) -> None:
    """Whoever approves is one of the people, and holds a role on that day."""
    there = project(whole_project({f"{CONTRACT}/approvals.yml": _written(("checked", person, at))}))
    assert [line[: len(message or "")] for line in _problems(there)] == ([message] if message else [])


@pytest.mark.parametrize("separate", [True, False])
def test_who_prepared_does_not_approve(project: Callable[..., Project], separate: bool) -> None:
    """Where the contract asks for it, two people look at a document."""
    rows = (("prepared", "p1", "2026-05-01 9:00"), ("approved", "p1", "2026-05-01 10:00"))
    head = str(whole_project()[HEAD]) + f"approvals:\n  separate: {str(separate).lower()}\n"
    there = project(whole_project({HEAD: head, f"{CONTRACT}/approvals.yml": _written(*rows)}))
    message = "APR002 見本 太郎は、自分が作成した「a」を承認できません"
    assert [line[: len(message)] for line in _problems(there)] == ([message] if separate else [])


def test_documents_with_boxes_are_there(project: Callable[..., Project]) -> None:
    """A kind of document or a deliverable that nobody knows is told at its line."""
    head = str(whole_project()[HEAD]) + "approvals:\n  documents: ['1', work-report, work-reports]\n"
    (line,) = project(whole_project({HEAD: head})).check().lines
    assert "文書の種類・納品物件「work-reports」がありません（work-report ではありませんか）" in line


def test_file_that_is_broken_is_not_judged(project: Callable[..., Project]) -> None:
    """Where the staff could not be read, nobody is said to be missing."""
    files = {f"{CONTRACT}/approvals.yml": _written(("checked", "p9", "2026-04-01 9:00"))}
    there = project(whole_project({**files, f"{CONTRACT}/staff.yml": "people:\n  - id: p1\n"}))
    assert not [line for line in _problems(there) if line.startswith(("APR", "REF"))]


def test_preparer_is_the_one_before() -> None:
    """A second round with the people changed about is in order; approving first does not help."""
    rounds = [
        _given(PREPARED, "p1", "2026-05-01T09:00"),
        _given(APPROVED, "p2", "2026-05-01T10:00"),
        _given(PREPARED, "p2", "2026-05-02T09:00"),
        _given(APPROVED, "p1", "2026-05-02T10:00"),
        _given(PREPARED, "p3", "2026-05-02T09:30", "b"),
    ]
    assert [prepared_by(rounds, place) for place in range(4)] == [None, "p1", None, "p2"]
    assert prepared_by([rounds[1], rounds[2]], 0) == "p2"
    assert prepared_by([rounds[1]], 0) is None


def test_last_word_counts() -> None:
    """Of each role the last approval up to the day, whatever the order of the file."""
    rows = (
        _given("approved", "p2", "2026-05-03T09:00"),
        _given("approved", "p1", "2026-05-01T09:00"),
        _given("prepared", "p1", "2026-05-01T08:00"),
        _given("approved", "p1", "2026-05-04T09:00", "b"),
    )
    found = replace(contract(), approvals=rows)
    for day, person in ((1, "p1"), (2, "p1"), (3, "p2"), (5, "p2")):
        last = latest(found, "a", dt.date(2026, 5, day))
        assert [(role, a.person) for role, a in last.items()] == [("prepared", "p1"), ("approved", person)]


@pytest.mark.parametrize(
    ("wanted", "kind", "numbers", "expected"),
    [
        (None, "report", ["4"], ()),
        (ApprovalBoxes(), "report", ["4"], ("prepared", "checked", "approved")),
        (ApprovalBoxes(), "register", [], ()),
        (ApprovalBoxes(documents=("4",)), "report", ["4", "5"], ("prepared", "checked", "approved")),
        (ApprovalBoxes(documents=("report",)), "report", [], ("prepared", "checked", "approved")),
        (ApprovalBoxes(documents=("5",)), "report", ["4"], ()),
        (ApprovalBoxes(roles=("approved", "prepared")), "report", ["4"], ("prepared", "approved")),
    ],
)
def test_which_documents_have_boxes(
    wanted: ApprovalBoxes | None, kind: str, numbers: list[str], expected: tuple[str, ...]
) -> None:
    """Those the contract names by kind or number; all of its deliverables where it names none."""
    found = contract()
    found = replace(found, head=replace(found.head, approvals=wanted))
    assert boxes(found, kind, numbers) == expected


def test_posts_of_a_person() -> None:
    """The roles held on a day, the deputy as one."""
    held = (
        Appointment(person="p1", role="manager", start=dt.date(2026, 4, 1), end=dt.date(2026, 4, 30)),
        Appointment(person="p1", role="deputy", start=dt.date(2026, 5, 1), deputy=True),
    )
    found = contract()
    found = replace(found, staff=replace(found.staff, appointments=held))
    days = (dt.date(2026, 3, 31), dt.date(2026, 4, 30), dt.date(2026, 5, 1))
    assert [posts(found, "p1", day) for day in days] == [(), ("manager",), ("deputy（代理）",)]
