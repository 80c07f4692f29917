"""課題・問題等: what is open, and when it was over."""

from __future__ import annotations

import datetime as dt

from generator.documents.issues import CLOSED, OPEN, PREVENTING, issues, open_issues
from generator.model import Task
from tests.documents.recorded import APRIL, AS_OF, YEAR, at, contract, entry, on, register


def test_state_of_an_incident() -> None:
    """An incident is open, then restored with measures to be taken, then closed with the last of them."""
    measures = [{"measure": "見張る", "due": on(6, 1), "done": on(5, 20)}, {"measure": "改める", "done": on(5, 10)}]
    there = contract(entry("incidents", title="遅い", contacted=at(4, 28), restored=at(4, 30), prevention=measures))
    (issue,) = issues(there, APRIL)
    days = {on(4, 29): OPEN, on(4, 30): PREVENTING, on(5, 19): PREVENTING, on(5, 20): CLOSED}
    assert {day: issue.state(day) for day in days} == days
    assert (issue.closed(AS_OF), issue.closed(on(5, 19))) == (on(5, 20), None)


def test_open_on_a_day() -> None:
    """What arose by a day and was closed later is open on that day; what arose later is not there."""
    there = contract(
        entry(
            "meetings", title="打合せ", held=on(4, 10), actions=[{"what": "調べる", "done": on(5, 2)}, {"what": "書く"}]
        ),
        entry("meetings", "2026-002", title="次の打合せ", held=on(5, 10), actions=[{"what": "見直す"}]),
    )

    def left(day: dt.date) -> list[str]:
        return [issue.title for issue in open_issues(there, day, day)]

    assert left(on(4, 30)) == ["調べる", "書く"]
    assert left(on(5, 31)) == ["書く", "見直す"]


def test_accident_and_its_incident_are_one_issue() -> None:
    """Where a record of an accident names the incident, only the accident is told."""
    incident = entry("incidents", title="検知", contacted=at(4, 10), restored=at(4, 11))
    accident = entry("accidents", title="感染のおそれ", occurred=at(4, 10), suspected=True, incident="2026-001")
    assert [(i.kind_title, i.title) for i in issues(contract(incident, accident), YEAR)] == [
        ("事故（おそれ）", "感染のおそれ")
    ]


def test_failed_batch_is_over_with_the_next_good_run() -> None:
    """A failed run is closed by the next run of the same batch that did not fail, also in a later file."""
    rows = [
        {"date": on(4, 29), "task": "a", "result": "bad", "note": "紙詰まり"},
        {"date": on(4, 30), "task": "b", "result": "good"},
    ]
    later = [{"date": on(5, 1), "task": "a", "result": "redone"}, {"date": on(5, 2), "task": "b", "result": "bad"}]
    tasks = [Task(id="a", title="通知書"), Task(id="b", title="はがき")]
    there = contract(register("batches", *rows), register("batches", *later, name="2026-05"), tasks=tasks)
    first, second = issues(there, YEAR)
    assert (first.title, first.cause, first.response, first.closed(AS_OF)) == (
        "通知書",
        "紙詰まり",
        "再実施した。",
        on(5, 1),
    )
    assert (second.title, second.state(AS_OF), second.response) == ("はがき", OPEN, "")
