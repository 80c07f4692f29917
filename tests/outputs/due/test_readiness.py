"""How far each due item is: its documents, and the record that is missing for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.outputs.due.readiness import Gap, needed
from tests.owed import DELIVERABLES, FILES, INCIDENT, INCIDENTS, SUBMISSIONS, Owed, owed
from tests.support import CONTRACT, WHOLE, Project

FAR = "2027-12-31"


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Owed:
    """The project as it is; no test changes it."""
    return owed(Project(tmp_path_factory.mktemp("owed")).write)


def test_every_sort_of_standing(usual: Owed) -> None:
    """One item of each: late and ready, not approved, without its record, half way, made by hand."""
    found = [(one.item.deliverable, str(one.item.due), one.state) for one in usual.standings]
    assert found == [
        ("1", "2026-06-10", "ready"),
        ("3", "2026-06-20", "unapproved"),
        ("2", "2026-06-22", "ready"),
        ("4", "2026-06-30", "lacking"),
        ("5", "2026-06-30", "elsewhere"),
        ("6", "2026-06-30", "ready"),
        ("7", "2026-06-30", "ready"),
        ("register", "2026-06-30", "ready"),
        ("6", "2026-07-06", "ready"),
        ("1", "2026-07-10", "running"),
    ]


def test_record_that_is_not_there_is_named_by_its_folder(usual: Owed) -> None:
    """Which kind of record has to be written, and where."""
    one = usual.of("4")
    assert one.gaps == (Gap("notices/"),)
    assert one.reasons[0].startswith(
        "この期限の元になる通知・協議の記録がありません。records/notices/ に deliverable: '4' の"
    )


def test_field_that_a_document_waits_for_is_named(project: Callable[..., Project]) -> None:
    """The record is there; what it leaves out is said by its title."""
    rule = "{event: incidents, within: 20 days of event.contacted}"
    changes = {
        f"{INCIDENTS}/2026-001.yml": INCIDENT.replace("restored: 2026-06-02 10:00\n", ""),
        DELIVERABLES: FILES[DELIVERABLES].replace("{event: incidents, within: 20 days of event.restored}", rule),
    }
    one = owed(project, changes).of("2")
    assert (one.state, one.gaps) == ("lacking", (Gap("incidents/2026-001", ("復旧日時",)),))


def test_what_a_document_has_to_say_and_the_record_does_not(project: Callable[..., Project]) -> None:
    """記載事項 of one deliverable: the field by its title, the place in the file."""
    asked = FILES[DELIVERABLES].replace("documents: [letter]\n", "documents: [letter]\n    contents: [原因]\n")
    one = owed(project, {DELIVERABLES: asked}).of("2")
    assert (one.state, one.gaps) == ("lacking", (Gap("incidents/2026-001", ("原因",)),))
    assert one.reasons[0].endswith(f"（{INCIDENTS}/2026-001.yml:1:1）")


@pytest.mark.parametrize(("answer", "state"), [("answer: ○\n    ", "ready"), ("", "lacking")])
def test_checklist_without_an_answer_is_not_ready(project: Callable[..., Project], answer: str, state: str) -> None:
    """Nobody ticks a box but people: an item that is left blank is named."""
    changes = {
        "data/terms/mihon-terms.yml": WHOLE["data/terms/mihon-terms.yml"],
        f"{CONTRACT}/clauses.yml": WHOLE[f"{CONTRACT}/clauses.yml"],
        f"{CONTRACT}/checklist.yml": f"answers:\n  - item: mihon-terms/1\n    {answer}date: 2026-04-03\n",
        f"{CONTRACT}/contract.yml": FILES[f"{CONTRACT}/contract.yml"]
        + "terms:\n  - terms: mihon-terms\n    label: 別記\n",
        "templates/documents/register.html.j2": FILES["templates/documents/register.html.j2"].replace(
            "[contract]", "[checklist]"
        ),
    }
    one = owed(project, changes).of("6")
    assert one.state == state
    assert one.gaps == ((Gap("checklist.yml", ("mihon-terms/1",)),) if state == "lacking" else ())


@pytest.mark.parametrize(
    ("number", "day", "reason"),
    [
        ("1", "2026-08-10", "対象期間は 2026-07-01 に始まります"),
        ("2", "2026-08-06", "記録 incidents/2026-002 の日付 2026-07-17 はまだ来ていません"),
        ("8", "2027-04-20", "令和9年度の文書です。2027-04-01 から作れます"),
    ],
)
def test_what_lies_ahead_lacks_nothing_but_time(
    project: Callable[..., Project], number: str, day: str, reason: str
) -> None:
    """A period, a record and a fiscal year that have not begun."""
    yearly = "---\ntitle: 年報\nper: fiscal_year\nrecords: [work]\ndata: [records]\n---\n<p>本文</p>\n"
    changes = {
        f"{INCIDENTS}/2026-002.yml": "title: 予定\ncontacted: 2026-07-16 09:00\nrestored: 2026-07-17 10:00\n",
        f"{CONTRACT}/contract.yml": FILES[f"{CONTRACT}/contract.yml"].replace("2027-03-31", "2028-03-31"),
        DELIVERABLES: FILES[DELIVERABLES]
        + "  - no: '8'\n    title: 年報\n    documents: [yearly]\n    due: [{on: 2027-04-20}]\n",
        "templates/documents/yearly.html.j2": yearly,
    }
    found = {(one.item.deliverable, str(one.item.due)): one for one in owed(project, changes, FAR).standings}
    assert (found[number, day].state, found[number, day].reasons) == ("not-yet", (reason,))


def test_plan_of_a_year_is_ready_while_the_year_runs(project: Callable[..., Project]) -> None:
    """What is due before its period ends is no report of it."""
    yearly = "---\ntitle: 計画\nper: fiscal_year\ndata: [contract]\n---\n<p>本文</p>\n"
    changes = {
        DELIVERABLES: FILES[DELIVERABLES]
        + "  - no: '8'\n    title: 計画\n    documents: [yearly]\n    due: [{on: 2026-06-30}, {on: 2027-03-31}]\n",
        "templates/documents/yearly.html.j2": yearly,
    }
    found = owed(project, changes, FAR).standings
    assert [one.state for one in found if one.item.deliverable == "8"] == ["ready", "running"]


def test_of_what_each_person_hands_over_only_what_is_missing(usual: Owed, project: Callable[..., Project]) -> None:
    """One of two has handed it over; what came back has to be made again."""
    assert [document.id for document in usual.of("7").documents] == ["promise-p2"]
    back = {SUBMISSIONS: FILES[SUBMISSIONS] + "    returned: 2026-06-10\n"}
    again = owed(project, back).of("7")
    assert [document.id for document in again.documents] == ["promise-p1", "promise-p2"]


def test_only_the_kinds_that_are_needed(usual: Owed) -> None:
    """What serves nothing that is due is not rendered."""
    wanted = [usual.of("3").item, usual.of("5").item]
    assert list(needed(usual.shown.contract, usual.shown.kinds, wanted)) == ["chart"]
