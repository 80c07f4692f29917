"""体制の変更: what differs between a day and the day before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.documents.structurechanges import StructureChange, structure_change
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from tests.support import CONTRACT, Project, whole_project

PEOPLE = """\
people:
  - {id: p1, name: 見本 太郎}
  - {id: p2, name: 例示 花子}
  - {id: p3, name: 見本 三郎}
roles:
  - {id: supervisor, title: 監督職員, side: authority}
  - {id: manager, title: 業務責任者, side: vendor}
  - {id: worker, title: 業務従事者, side: vendor}
  - {id: maker, title: 機器の保守, side: other}
appointments:
"""


@pytest.fixture
def changed(project: Callable[..., Project]) -> Callable[..., StructureChange]:
    """What changed on 1 October, for appointments written one in a line."""

    def make(*appointments: str, day: str = "2026-10-01", **told: tuple[str, ...]) -> StructureChange:
        text = PEOPLE + "".join(f"  - {{{line}}}\n" for line in appointments)
        files = whole_project({f"{CONTRACT}/staff.yml": text, f"{CONTRACT}/plan.yml": None})
        contract = load(WorkingTree(project(files).root)).portfolio.contracts["mihon"]
        return structure_change(contract, dt.date.fromisoformat(day), **told)

    return make


def _people(found: StructureChange) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.person.name, one.word, one.before, one.after) for one in found.people]


def test_one_leaves_another_comes(changed: Callable[..., StructureChange]) -> None:
    """A role that changes hands: before and after it, who left and who came; the rest of the structure is left out."""
    found = changed(
        "person: p1, role: manager, start: 2026-04-01",
        "person: p2, role: worker, start: 2026-04-01, end: 2026-09-30",
        "person: p3, role: worker, start: 2026-10-01",
    )
    assert (found.before, found.after) == (dt.date(2026, 9, 30), dt.date(2026, 10, 1))
    (role,) = found.roles
    assert role.role.title == "業務従事者"
    assert [person.name for person, _ in role.before] == ["例示 花子"]
    assert [person.name for person, _ in role.after] == ["見本 三郎"]
    assert _people(found) == [
        ("例示 花子", "離れた", ("業務従事者",), ()),
        ("見本 三郎", "新たに加わった", (), ("業務従事者",)),
    ]


def test_someone_changes_roles(changed: Callable[..., StructureChange]) -> None:
    """Who held another role before has neither left nor come."""
    found = changed(
        "person: p1, role: manager, start: 2026-04-01, end: 2026-09-30",
        "person: p1, role: worker, start: 2026-10-01",
    )
    assert [change.role.id for change in found.roles] == ["manager", "worker"]
    assert _people(found) == [("見本 太郎", "役割が変わった", ("業務責任者",), ("業務従事者",))]


def test_deputy_takes_over(changed: Callable[..., StructureChange]) -> None:
    """The same person in the same role is a change where a deputy becomes the holder."""
    found = changed(
        "person: p1, role: worker, start: 2026-04-01, end: 2026-09-30, deputy: true",
        "person: p1, role: worker, start: 2026-10-01",
    )
    assert _people(found) == [("見本 太郎", "役割が変わった", ("業務従事者（代理）",), ("業務従事者",))]


BOTH = (
    "person: p1, role: manager, start: 2026-04-01, end: 2026-09-30",
    "person: p2, role: worker, start: 2026-04-01, end: 2026-09-30",
    "person: p2, role: manager, start: 2026-10-01",
    "person: p3, role: worker, start: 2026-10-01",
)


@pytest.mark.parametrize(
    ("told", "roles", "people"),
    [
        ({"roles": ("manager",)}, ["manager"], ["見本 太郎", "例示 花子"]),
        ({"roles": ("worker",)}, ["worker"], ["例示 花子", "見本 三郎"]),
        ({"people": ("p3",)}, ["worker"], ["見本 三郎"]),
        ({"roles": ("manager",), "people": ("p3",)}, [], []),
        ({}, ["manager", "worker"], ["見本 太郎", "例示 花子", "見本 三郎"]),
    ],
)
def test_one_of_several_changes_of_a_day(
    changed: Callable[..., StructureChange], told: dict[str, tuple[str, ...]], roles: list[str], people: list[str]
) -> None:
    """A record that names roles or people tells of these only: two papers can be due for two changes of one day."""
    found = changed(*BOTH, **told)
    assert ([one.role.id for one in found.roles], [one.person.name for one in found.people]) == (roles, people)


@pytest.mark.parametrize(
    "appointments",
    [
        pytest.param((), id="nobody"),
        pytest.param(("person: p1, role: manager, start: 2026-04-01",), id="nothing changes"),
        pytest.param(("person: p1, role: manager, start: 2026-10-02",), id="the day after"),
        pytest.param(
            (
                "person: p1, role: manager, start: 2026-04-01, end: 2026-09-30",
                "person: p1, role: manager, start: 2026-10-01",
            ),
            id="appointed again without a gap",
        ),
        pytest.param(("person: p1, role: supervisor, start: 2026-10-01",), id="the authority's own"),
    ],
)
def test_no_change(changed: Callable[..., StructureChange], appointments: tuple[str, ...]) -> None:
    """What is the same for the vendor on both days is not listed."""
    found = changed(*appointments)
    assert (found.roles, found.people) == ((), ())


def test_other_firms_belong_to_the_structure(changed: Callable[..., StructureChange]) -> None:
    """A firm that works with the vendor is part of what the authority is told of."""
    assert [change.role.id for change in changed("person: p1, role: maker, start: 2026-10-01").roles] == ["maker"]


def test_first_day_of_the_contract(changed: Callable[..., StructureChange]) -> None:
    """Before the first appointments there is nobody."""
    found = changed("person: p1, role: manager, start: 2026-04-01", day="2026-04-01")
    assert [(change.role.id, change.before) for change in found.roles] == [("manager", ())]
