"""What was known on a day: nothing later is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.asof import last_day, seen, seen_with
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract, Entry
from tests.rules.builders import contract as made
from tests.support import CONTRACT, ROOT, WHOLE, Project, whole_project

D = dt.date


def _entry(kind: str, name: str = "1", **values: Any) -> Entry:
    return Entry(kind=kind, id=name, values=values)


def _known(entry: Entry, day: str) -> dict[str, Any] | None:
    (found,) = seen(made(entries=(entry,)), D.fromisoformat(day)).entries or (None,)
    return dict(found.values) if found else None


INCIDENT = _entry(
    "incidents",
    title="停止",
    contacted=dt.datetime(2026, 5, 1, 16, 30),
    restored=dt.datetime(2026, 5, 7, 9, 0),
    prevention=[{"measure": "監視", "due": D(2026, 7, 1), "done": D(2026, 6, 1)}],
    timeline=[{"at": dt.datetime(2026, 5, 1, 16, 30), "what": "連絡"}, {"at": dt.datetime(2026, 5, 7), "what": "復旧"}],
)
NOTICE = _entry(
    "notices", issued=D(2026, 5, 1), reply={"date": D(2026, 5, 20), "result": "consented"}, items=[{"item": "a"}]
)
OUTAGE = _entry(
    "outages", announced=D(2026, 5, 1), power_off=dt.datetime(2026, 8, 1, 8), power_on=dt.datetime(2026, 8, 1, 17)
)
DAILY = _entry("daily", items=[{"date": D(2026, 5, day), "content": "審査"} for day in (1, 7, 8)])

CASES = [
    pytest.param(INCIDENT, "2026-04-30", None, id="not yet happened"),
    pytest.param(
        INCIDENT, "2026-05-06", {"restored": None, "timeline": 1, "prevention": ["measure", "due"]}, id="under way"
    ),
    pytest.param(
        INCIDENT, "2026-05-07", {"restored": True, "timeline": 2, "prevention": ["measure", "due"]}, id="restored"
    ),
    pytest.param(
        INCIDENT, "2026-06-01", {"prevention": ["measure", "due", "done"]}, id="prevented; a deadline may lie ahead"
    ),
    pytest.param(NOTICE, "2026-05-19", {"reply": None, "items": 1}, id="no reply yet"),
    pytest.param(NOTICE, "2026-05-20", {"reply": True}, id="replied"),
    pytest.param(OUTAGE, "2026-05-01", {"power_off": True, "power_on": True}, id="a power cut that was announced"),
    pytest.param(OUTAGE, "2026-04-30", None, id="not announced"),
    pytest.param(DAILY, "2026-05-07", {"items": 2}, id="rows of a register"),
]


@pytest.mark.parametrize(("entry", "day", "expected"), CASES)
def test_a_record_on_a_day(entry: Entry, day: str, expected: dict[str, Any] | None) -> None:
    """Facts of later days are blank, plans stay, and a record of which nothing was known is not there."""
    values = _known(entry, day)
    assert (values is None) == (expected is None)
    for field, wanted in (expected or {}).items():
        value = (values or {}).get(field)
        shape = list(value[0]) if isinstance(wanted, list) else len(value) if type(wanted) is int else value is not None
        assert shape == (wanted or False)


def test_a_letter_about_what_lies_ahead_keeps_its_subject() -> None:
    """A change announced beforehand is known with its day and its people; other records of that day are not."""
    change = _entry("structure-changes", title="交代", changed=D(2026, 10, 1), reported=D(2026, 9, 20))
    contract, own = seen_with(made(entries=(change, INCIDENT)), D(2026, 4, 1), change)
    assert own is not None
    assert own.values["changed"] == D(2026, 10, 1)
    assert [entry.kind for entry in contract.entries] == ["structure-changes"]


def _shipped() -> list[Contract]:
    return list(load(WorkingTree(ROOT)).portfolio.contracts.values())


SHIPPED = _shipped()


@given(st.sampled_from(SHIPPED), st.dates(D(2025, 3, 1), D(2027, 5, 1)), st.integers(0, 400))
def test_knowledge_only_grows(contract: Contract, day: dt.date, later: int) -> None:
    """What was known on a day is known later, and looking again changes nothing."""
    early, late = seen(contract, day), seen(contract, day + dt.timedelta(days=later))
    assert seen(early, day).entries == early.entries
    assert {(e.kind, e.id) for e in early.entries} <= {(e.kind, e.id) for e in late.entries}
    assert set(early.submissions) <= set(late.submissions)
    horizon = max(day, contract.head.period.start)
    assert all(a.start <= horizon and (a.end is None or a.end <= horizon) for a in early.staff.appointments)
    assert seen(late, day).entries == early.entries


def test_documents_of_an_ended_contract_stand_still(project: Callable[..., Project]) -> None:
    """After the end and whatever came after it, the day of its documents moves no more."""
    files = whole_project(
        {
            f"{CONTRACT}/submissions.yml": WHOLE[f"{CONTRACT}/submissions.yml"]
            + "  - deliverable: '2'\n    date: 2027-04-10\n"
        }
    )
    contract = load(WorkingTree(project(files).root)).portfolio.contracts["mihon"]
    assert last_day(contract, D(2026, 5, 1)) == D(2026, 5, 1)
    assert last_day(contract, D(2027, 4, 5)) == D(2027, 3, 31)
    assert last_day(contract, D(2030, 1, 1)) == D(2027, 4, 10)
