"""From accepted data to records: every kind is made, frozen, and knows where it was written."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract, Record
from tests.support import CONTRACT, WHOLE, Project, swapped, whole_project


def _contract(root: Path) -> Contract:
    return load(WorkingTree(root)).portfolio.contracts["mihon"]


def test_every_part_of_a_contract_is_there(project: Callable[..., Project]) -> None:
    """What is written in the files of a contract is in its record."""
    contract = _contract(project(whole_project()).root)
    assert contract.head.title == "見本業務委託"
    assert contract.head.period.start == dt.date(2026, 4, 1)
    assert (contract.authority.name, contract.vendor.name, contract.sample) == ("見本市", "見本社", True)
    assert [clause.id for clause in contract.clauses] == ["1", "1-1"]
    assert [(answer.kind, answer.target) for answer in contract.clauses[1].answers][:2] == [
        ("deliverable", "1"),
        ("record", "incidents"),
    ]
    assert [(d.no, d.cell) for d in contract.deliverables] == [("1", "monthly"), ("2", None)]
    assert contract.staff.appointments[0].person == "p1"
    assert [task.id for task in contract.tasks] == ["inspection"]
    assert contract.checklist.answers[0].date == dt.date(2026, 4, 3)
    assert contract.submissions[0].due == dt.date(2026, 5, 10)
    assert [(entry.kind, entry.id) for entry in contract.entries] == [("incidents", "2026-001")]
    assert [terms.id for terms in contract.terms] == ["mihon-terms"]
    assert list(contract.files) == sorted(path for path in WHOLE if path.startswith(CONTRACT))


def test_records_are_frozen(project: Callable[..., Project]) -> None:
    """Nothing can change a record once it is made."""
    contract = _contract(project(whole_project()).root)
    with pytest.raises(dataclasses.FrozenInstanceError):
        contract.head.title = "x"  # type: ignore[misc]


def _records(value: object) -> list[Record]:
    if isinstance(value, tuple):
        return [record for item in value for record in _records(item)]
    if not isinstance(value, Record):
        return []
    return [value, *(r for f in dataclasses.fields(value) for r in _records(getattr(value, f.name)))]


def test_every_record_knows_its_place(project: Callable[..., Project]) -> None:
    """Each record carries the file and line it was written at; its fields can be found too."""
    found = _records(_contract(project(whole_project()).root))
    assert len(found) > 20
    for record in found:
        if record.source.path:
            line = WHOLE[record.source.path].splitlines()[record.source.line - 1]
            assert record.source.column <= len(line)
    (task,) = [record for record in found if type(record).__name__ == "Task"]
    assert str(task.place("clauses", 0)) == f"{CONTRACT}/plan.yml:6:15"
    assert task.place("nothing") == task.source


def test_wrong_optional_value_goes_alone(project: Callable[..., Project]) -> None:
    """What can still be made of a file with a wrong value is made."""
    changes = swapped(f"{CONTRACT}/staff.yml", "phone: 00-0000-0001", "phone: [1]")
    contract = _contract(project(whole_project(changes)).root)
    assert (contract.staff.people[0].name, contract.staff.people[0].phone) == ("見本 太郎", None)


def test_wrong_required_value_takes_its_item(project: Callable[..., Project]) -> None:
    """An item without what it needs is left out; the others keep their places."""
    changes = swapped(f"{CONTRACT}/staff.yml", "    title: 監督職員\n", "    title: 12\n")
    roles = _contract(project(whole_project(changes)).root).staff.roles
    assert [(role.id, role.source.line) for role in roles] == [("manager", 9)]


def test_wrong_deadline_rule_goes_whole(project: Callable[..., Project]) -> None:
    """Half a rule of a deadline would say something else: it is left out."""
    changes = swapped(f"{CONTRACT}/deliverables.yml", "each: month", "each: monthy")
    assert _contract(project(whole_project(changes)).root).cells[0].due == ()
