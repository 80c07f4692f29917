"""The chain from due item to record, document and submission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.checking import check
from generator.documents.chain import date_of, items_of, submissions_of
from generator.documents.plan import Document, plan
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem
from tests.support import CONTRACT, WHOLE, Project, whole_project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
DAY = dt.date(2026, 6, 1)

MONTHLY = "---\ntitle: 月報\nper: period\nrecords: [work]\ndata: [contract, records]\n---\n<p>月報</p>\n"
LETTER = "---\ntitle: 障害の報告\nper: record\nrecord: incidents\nform: letter\ndated: reported\ndata: [records]\n---\n"
COMPLETION = "---\ntitle: 完了\nper: record\nrecord: completions\ndata: [records]\n---\n"

ASKED = (
    WHOLE[DELIVERABLES]
    .replace("cell: monthly", "cell: monthly\n    documents: [monthly]")
    .replace("phrase: 障害復旧作業後２週間以内", "phrase: 障害復旧作業後２週間以内\n    documents: [letter]")
    + "  - no: '3'\n    title: 完了届\n    phrase: 各年度の10月10日及び3月31日\n    documents: [done]\n"
    "    due:\n      - each: fiscal_year\n        on: [10-10, 03-31]\n"
)
FILES = {
    "templates/documents/monthly.html.j2": MONTHLY,
    "templates/documents/letter.html.j2": LETTER,
    "templates/documents/done.html.j2": COMPLETION,
    DELIVERABLES: ASKED,
    f"{CONTRACT}/records/completions/前期.yml": (
        "title: 前期の業務\ndeliverable: '3'\ndue: 2026-10-10\ncompleted: 2026-09-30\n"
    ),
}


def _planned(there: Project, as_of: dt.date = DAY) -> tuple[dict[str, Document], list[DueItem]]:
    checked = check(there.root)
    assert checked.problems == []
    contract = checked.loaded.portfolio.contracts["mihon"]
    items = due_items(contract, as_of)
    return {d.id: d for d in plan(contract, checked.kinds, items, as_of)}, items


def test_a_report_serves_the_items_of_its_period(project: Callable[..., Project]) -> None:
    """The report of April answers the deadline of April and no other."""
    found, items = _planned(project(whole_project(FILES)))
    (item,) = items_of(found["monthly-2026-04"], items)
    assert (str(item.due), item.occasion) == ("2026-05-10", "令和8年4月")


def test_a_letter_serves_the_items_of_its_record(project: Callable[..., Project]) -> None:
    """The report of an incident answers the deadline that arose from it."""
    found, items = _planned(project(whole_project(FILES)))
    (item,) = items_of(found["letter-2026-001"], items)
    assert (str(item.event), str(item.due)) == ("incidents/2026-001", "2026-05-13")


def test_a_record_that_names_its_deadline_serves_that_one(project: Callable[..., Project]) -> None:
    """Of two deadlines of a year, the one the record is for."""
    found, items = _planned(project(whole_project(FILES)))
    assert [str(item.due) for item in items_of(found["done-前期"], items)] == ["2026-10-10"]


def test_what_was_handed_over(project: Callable[..., Project]) -> None:
    """The submission of the item's date, once it has been made."""
    found, items = _planned(project(whole_project(FILES)))
    report = found["monthly-2026-04"]
    assert [str(s.date) for s in submissions_of(report, items, DAY)] == ["2026-05-08"]
    assert submissions_of(report, items, dt.date(2026, 5, 7)) == []


INCIDENT = f"{CONTRACT}/records/incidents/2026-001.yml"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, None, id="nothing known: blank"),
        pytest.param({INCIDENT: WHOLE[INCIDENT] + "reported: 2026-05-07\n"}, "2026-05-07", id="the record's own"),
        pytest.param(
            {
                f"{CONTRACT}/submissions.yml": WHOLE[f"{CONTRACT}/submissions.yml"]
                + "  - deliverable: '2'\n    event: incidents/2026-001\n    date: 2026-05-11\n"
            },
            "2026-05-11",
            id="the day it was handed over",
        ),
    ],
)
def test_the_date_of_a_letter(project: Callable[..., Project], changes: dict[str, str], expected: str | None) -> None:
    """A letter bears the record's date, else that of its submission, else none."""
    found, items = _planned(project(whole_project({**FILES, **changes})))
    day = date_of(found["letter-2026-001"], items, DAY)
    assert (str(day) if day else None) == expected


PERIODS = [
    pytest.param("2026-03-31", {}, [], id="before the start"),
    pytest.param("2026-05-01", {}, ["2026-04", "2026-05"], id="the running month too"),
    pytest.param(
        "2026-04-15",
        {
            f"{CONTRACT}/records/work/w1.yml": (
                "title: 点検\nstart: 2026-06-01 9:00\nend: 2026-06-01 10:00\npeople: [p1]\ncontent: 見た。\n"
            )
        },
        ["2026-04", "2026-06"],
        id="a month ahead in which something is recorded",
    ),
]


@pytest.mark.parametrize(("as_of", "changes", "expected"), PERIODS)
def test_a_report_exists_once_its_period_has_begun(
    project: Callable[..., Project], as_of: str, changes: dict[str, str], expected: list[str]
) -> None:
    """No report of a month that lies ahead; and while a month runs its report knows that."""
    day = dt.date.fromisoformat(as_of)
    found, _ = _planned(project(whole_project({**FILES, **changes})), day)
    reports = [d for d in found.values() if d.kind.id == "monthly"]
    assert [d.key for d in reports] == expected
    assert all(d.ended == (d.period is not None and d.period.end <= day) for d in reports)


def test_a_report_is_made_from_the_records_of_its_period(project: Callable[..., Project]) -> None:
    """A record of June changes the report of June only."""
    record = f"{CONTRACT}/records/work/w1.yml"
    text = "title: 点検\nstart: 2026-06-01 9:00\nend: 2026-06-01 10:00\npeople: [p1]\ncontent: 見た。\n"
    found, _ = _planned(project(whole_project({**FILES, record: text})))
    assert [d.key for d in found.values() if record in d.sources] == ["2026-06"]
    assert found["monthly-2026-06"].told_by == (record,)
    assert record not in found["monthly-2026-05"].told_by
