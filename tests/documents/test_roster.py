"""従事者名簿: who takes part on a day, taught and pledged when, and who calls whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.documents.lessons import lessons_of, lessons_so_far
from generator.documents.roster import contact_order, pledged_on, roles_of, roster
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.support import CONTRACT, Project, whole_project

STAFF = """\
people:
  - {id: p1, name: 見本 太郎}
  - {id: p2, name: 例示 花子}
  - {id: p3, name: 見本 三郎}
  - {id: a1, name: 市の職員}
roles:
  - {id: supervisor, title: 監督職員, side: authority}
  - {id: manager, title: 業務責任者, side: vendor, workplace: 本社}
  - {id: deputy, title: 業務責任者代理, side: vendor}
  - {id: worker, title: 業務従事者, side: vendor, duty: 審査と媒体の授受}
  - {id: maker, title: 機器の保守, side: other}
appointments:
  - {person: a1, role: supervisor, start: 2026-04-01}
  - {person: p2, role: worker, start: 2026-04-01, end: 2026-09-30}
  - {person: p1, role: worker, start: 2026-05-01}
  - {person: p1, role: manager, start: 2026-04-01}
  - {person: p2, role: deputy, start: 2026-04-10, end: 2026-06-30, deputy: true, consented: 2026-04-08}
  - {person: p3, role: worker, start: 2026-10-01, deputy: true}
contact_lines:
  - {start: worker, end: manager, label: 事故}
  - {start: manager, end: supervisor, order: 2}
  - {start: supervisor, end: manager, order: 1}
pledges:
  - {person: p1, date: 2026-04-01}
  - {person: p1, date: 2026-08-01}
training:
  - {person: p1, date: 2026-03-25, title: 受入れ教育}
  - {person: p2, date: 2026-03-25, title: 受入れ教育}
  - {person: p1, date: 2026-06-01, title: 情報の教育}
"""
RECORDS = {
    f"{CONTRACT}/records/trainings/t1.yml": (
        "title: 情報の教育\nkind: education\nheld: 2026-06-01\nattendees: [p1]\nabsent: [p2]\n"
    ),
    f"{CONTRACT}/records/trainings/t2.yml": "title: 訓練\nkind: drill\nheld: 2027-02-01\nattendees: [p1, p3]\n",
    f"{CONTRACT}/records/workplaces/w1.yml": "title: 別館\nstart: 2026-05-01\nend: 2026-07-31\npeople: [p2]\n",
}


@pytest.fixture
def contract(project: Callable[..., Project]) -> Contract:
    """A contract whose people come, go and change."""
    files = {f"{CONTRACT}/staff.yml": STAFF, f"{CONTRACT}/plan.yml": None, **RECORDS}
    return load(WorkingTree(project(whole_project(files)).root)).portfolio.contracts["mihon"]


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "current", "former"),
    [
        pytest.param(
            "2026-03-01", ["見本 太郎", "例示 花子", "見本 三郎"], [], id="before the contract: its first day"
        ),
        pytest.param("2026-09-30", ["見本 太郎", "例示 花子", "見本 三郎"], [], id="the last day counts"),
        pytest.param("2026-10-01", ["見本 太郎", "見本 三郎"], ["例示 花子"], id="the day after is over"),
        pytest.param("2030-01-01", ["見本 太郎", "見本 三郎"], ["例示 花子"], id="after the contract: its last day"),
    ],
)
def test_current_and_former(contract: Contract, day: str, current: list[str], former: list[str]) -> None:
    """The vendor's people in the order of the roles; who has yet to begin is current, the authority's are left out."""
    found = roster(contract, _day(day))
    assert [member.person.name for member in found.current] == current
    assert [member.person.name for member in found.former] == former


def test_posts_of_a_member(contract: Contract) -> None:
    """A role that is over stays with whoever still has another; a deputy is called one once."""
    (hanako,) = [m for m in roster(contract, _day("2026-07-15")).current if m.person.id == "p2"]
    assert [(post.title, post.over) for post in hanako.posts] == [("業務責任者代理", True), ("業務従事者", False)]
    assert [post.title for post in hanako.held] == ["業務従事者"]
    assert [(post.responsible, post.hands_over) for post in hanako.posts] == [(True, False), (False, True)]
    (saburo,) = [m for m in roster(contract, _day("2026-07-15")).current if m.person.id == "p3"]
    assert [post.title for post in saburo.held] == ["業務従事者（代理）"]


@pytest.mark.parametrize(
    ("day", "places"), [("2026-04-30", ()), ("2026-05-01", ("別館",)), ("2026-07-31", ("別館",)), ("2026-08-01", ())]
)
def test_place_of_work_by_record(contract: Contract, day: str, places: tuple[str, ...]) -> None:
    """A record of a place of work that names a person says where the person works while it is used."""
    (hanako,) = [m for m in roster(contract, _day(day)).current if m.person.id == "p2"]
    assert hanako.workplaces == places


@pytest.mark.parametrize(
    ("day", "date"), [("2026-03-31", None), ("2026-04-01", "2026-04-01"), ("2026-12-01", "2026-08-01")]
)
def test_pledge_by_a_day(contract: Contract, day: str, date: str | None) -> None:
    """The last pledge that had been given by the day."""
    assert pledged_on(contract, "p1", _day(day)) == (_day(date) if date else None)


def test_lessons_are_told_once(contract: Contract) -> None:
    """Records and staff.yml make one list: what both tell of stands in it once, and nothing of later days."""
    assert [(lesson.day.isoformat(), lesson.title) for lesson in lessons_of(contract, "p1", _day("2026-12-31"))] == [
        ("2026-03-25", "受入れ教育"),
        ("2026-06-01", "情報の教育"),
    ]
    assert [lesson.title for lesson in lessons_of(contract, "p2", _day("2027-03-31"))] == ["受入れ教育"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        pytest.param("2026-03-31", [("受入れ教育", 2, 0, None)], id="the year before"),
        pytest.param("2026-05-31", [], id="April begins anew"),
        pytest.param(
            "2027-02-01", [("情報の教育", 1, 1, "education"), ("訓練", 2, 0, "drill")], id="the day itself counts"
        ),
    ],
)
def test_lessons_of_the_fiscal_year(contract: Contract, day: str, told: list[tuple[str, int, int, str | None]]) -> None:
    """What was taught since 1 April, with how many took part and how many did not."""
    found = lessons_so_far(contract, _day(day))
    assert [(lesson.title, len(lesson.people), len(lesson.absent), lesson.kind) for lesson in found] == told


def test_roles_on_a_day(contract: Contract) -> None:
    """The titles a person bears; before the contract those of its first day."""
    assert roles_of(contract, "p2", _day("2026-04-10")) == "業務従事者、業務責任者代理"
    assert roles_of(contract, "p2", _day("2026-01-01")) == "業務従事者"
    assert roles_of(contract, "p2", _day("2026-12-01")) == ""


def test_order_of_contact(contract: Contract) -> None:
    """By the order given; what has none comes last."""
    calls = contact_order(contract, _day("2026-05-01"))
    assert [(call.order, call.start.role.id, call.end.role.id) for call in calls] == [
        (1, "supervisor", "manager"),
        (2, "manager", "supervisor"),
        (None, "worker", "manager"),
    ]
    assert [person.name for person, _ in calls[0].end.people] == ["見本 太郎"]


def test_what_else_is_told_of_people(project: Callable[..., Project]) -> None:
    """A specification's further columns: those it lists come first and in its order; what nobody wrote stays open."""
    told = STAFF.replace(
        "- {id: p1, name: 見本 太郎}",
        "- {id: p1, name: 見本 太郎, details: [{title: 経験年数, value: 3年}, {title: 車両, value: あり}, {title: 資格, value: 司書}]}",
    )
    files = {f"{CONTRACT}/staff.yml": told, f"{CONTRACT}/plan.yml": None}
    there = project(whole_project(files))
    found = roster(load(WorkingTree(there.root)).portfolio.contracts["mihon"], dt.date(2026, 5, 1))
    assert found.detail_titles(["氏名", "資格", "生年月日", "経験年数"]) == ["資格", "経験年数", "車両"]
    assert [member.details.get("資格") for member in found.current] == ["司書", None, None]
