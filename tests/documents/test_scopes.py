"""差分 and 全量: each due item is served by the document of its scope, and by no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.checking import Checked, check
from generator.documents.asof import seen
from generator.documents.chain import items_of, submissions_of
from generator.documents.plan import Document, plan
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem
from tests.designed import designed_project
from tests.support import CONTRACT, ROOT, WHOLE, Project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
DAY = dt.date(2027, 4, 15)


@pytest.fixture(scope="module")
def shipped_data() -> Checked:
    """What this repository ships, looked at once."""
    return check(ROOT)


def served(checked: Checked, name: str, day: dt.date = DAY) -> tuple[list[DueItem], list[Document]]:
    """The due items and the documents of a contract."""
    contract = checked.loaded.portfolio.contracts[name]
    items = due_items(contract, day)
    return items, plan(seen(contract, day), checked.kinds, items, day)


def by_item(items: list[DueItem], documents: list[Document], number: str) -> list[tuple[str, ...]]:
    """Of a deliverable: scope, medium, what it is due for, the day, and the documents that serve it."""
    return [
        (
            f"{item.scope} {item.medium}",
            item.event.id if item.event else "",
            str(item.due),
            *(document.id for document in documents if items_of(document, [item])),
        )
        for item in items
        if item.deliverable == number
    ]


@pytest.mark.parametrize(
    ("number", "kind"),
    [("5", "system-design"), ("6", "program-design"), ("8", "operation-manual"), ("9", "user-manual")],
)
def test_groupware(shipped_data: Checked, number: str, kind: str) -> None:
    """Two weeks after a change the delta as data and on paper, and the whole as data; each 3月31日 the whole as both."""
    found = by_item(*served(shipped_data, "ichikawa-groupware"), number)
    first = [row for row in found if row[1] == "2026-001"]
    assert sorted(first) == [
        ("delta data", "2026-001", "2026-11-26", f"{kind}-delta-2026-001"),
        ("delta paper", "2026-001", "2026-11-26", f"{kind}-delta-2026-001"),
        ("full data", "2026-001", "2026-11-26", kind),
    ]
    assert [row for row in found if not row[1]][:2] == [
        ("full data", "", "2027-03-31", kind), ("full paper", "", "2027-03-31", kind),
    ]  # fmt: skip
    assert {row[3:] for row in found if row[0].startswith("full")} == {(kind,)}
    assert {row[3:] for row in found if row[0].startswith("delta")} == {
        (f"{kind}-delta-{event}",) for event in {row[1] for row in found if row[1]}
    }


@pytest.mark.parametrize(("number", "kind"), [("7", "operation-manual"), ("8", "user-manual")])
def test_remote_desk(shipped_data: Checked, number: str, kind: str) -> None:
    """Where the specification says nothing of a scope, the whole is what is asked for."""
    found = by_item(*served(shipped_data, "ichikawa-remote-desk"), number)
    assert found
    assert {row[0] for row in found} == {"None None"}
    assert {row[3:] for row in found} == {(kind,)}


ASKED = WHOLE[DELIVERABLES] + (
    "  - no: '3'\n    title: システム基本設計書\n    documents: [system-design, system-design-delta]\n    due:\n"
    "      - event: changes\n        within: 2 weeks of event.changed\n        scope: delta\n        media: [data, paper]\n"
    "      - each: fiscal_year\n        on: 03-31\n        scope: full\n"
    "    media:\n      - medium: data\n      - medium: paper\n"
)
RECORD = "title: 変更\nchanged: 2026-05-%s\nunchanged: 設定だけのため\n"


@pytest.fixture
def asked(project: Callable[..., Project]) -> Project:
    """The small system with two changes, of which the first has been handed over as data."""
    changes = {f"{CONTRACT}/records/changes/{name}.yml": RECORD % day for name, day in (("a", "11"), ("b", "18"))}
    handed = (
        "  - deliverable: '3'\n    event: changes/a\n    scope: delta\n    medium: data\n    date: 2026-05-20\n"
        "  - deliverable: '3'\n    due: 2027-03-31\n    scope: full\n    date: 2026-05-21\n"
    )
    place = f"{CONTRACT}/submissions.yml"
    return project(designed_project({DELIVERABLES: ASKED, place: WHOLE[place] + handed, **changes}))


def test_each_change_has_its_own_delta(asked: Project) -> None:
    """A change's delta serves its own items in each medium; the book serves none of them."""
    checked = check(asked.root)
    assert [problem for problem in checked.problems if problem.severity == "error"] == []
    items, documents = served(checked, "mihon", dt.date(2026, 6, 1))
    assert sorted(row for row in by_item(items, documents, "3") if row[1]) == [
        ("delta data", "a", "2026-05-25", "system-design-delta-a"),
        ("delta data", "b", "2026-06-01", "system-design-delta-b"),
        ("delta paper", "a", "2026-05-25", "system-design-delta-a"),
        ("delta paper", "b", "2026-06-01", "system-design-delta-b"),
    ]
    assert {row[3:] for row in by_item(items, documents, "3") if not row[1]} == {("system-design",)}


def test_what_was_handed_over_belongs_to_its_scope(asked: Project) -> None:
    """The delta of a change, the other's, and the whole are not taken for each other."""
    items, documents = served(check(asked.root), "mihon", dt.date(2026, 6, 1))
    day = dt.date(2026, 6, 1)
    found = {d.id: [str(s.date) for s in submissions_of(d, items, day)] for d in documents if d.id.startswith("system")}
    assert found == {
        "system-design": ["2026-05-21"],
        "system-design-delta-a": ["2026-05-20"],
        "system-design-delta-b": [],
    }


def test_change_that_lies_ahead_has_no_delta_yet(asked: Project) -> None:
    """On the day between two changes there is one delta."""
    _, documents = served(check(asked.root), "mihon", dt.date(2026, 5, 12))
    assert [d.id for d in documents if d.id.startswith("system")] == ["system-design", "system-design-delta-a"]
