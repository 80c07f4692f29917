"""The tables of a contract that are filled in, and what can be chosen in their cells."""

from __future__ import annotations

import datetime as dt

from generator.intake.schema import load_schemas
from generator.intake.tables import Choices, Table
from generator.model import Contract
from generator.outputs.workbook import people as workbookpeople
from generator.outputs.workbook import work
from generator.outputs.workbook.checklist import answers
from generator.outputs.workbook.columns import CHANGES, INCIDENTS, PEOPLE, ROLES, TASKS, coded
from generator.rules import events

SORTS = {
    "checklist": "checklist",
    "people": "roster",
    "appointments": "roster",
    "pledges": "roster",
    "training": "roster",
    "work": "work",
}
"""What each table is asked for by: a roster is several."""

GROWING = (PEOPLE,)
"""The choices that may be joined by what is written in the same workbook."""


def tables(contract: Contract, as_of: dt.date) -> list[Table]:
    """The tables that are read back, in the order of the sheets."""
    words = choices(contract)
    people = workbookpeople
    return [
        answers(contract, words),
        people.people(contract, as_of),
        *(make(contract, words) for make in (people.appointments, people.pledges, people.training)),
        work.work(contract, words),
    ]


def choices(contract: Contract) -> dict[str, Choices]:
    """What can be chosen in the cells of a contract's tables, by the name that columns use."""
    people, roles = contract.staff.people, contract.staff.roles
    found = {
        PEOPLE: Choices.of("人", ((person.id, person.name) for person in people)),
        ROLES: Choices.of("役割", ((role.id, role.title) for role in roles)),
        TASKS: Choices.of("計画の作業", ((task.id, task.title) for task in contract.tasks)),
    }
    for name, title in ((INCIDENTS, "障害の記録"), (CHANGES, "システム変更の記録")):
        found[name] = Choices.of(title, ((entry.id, entry.id) for entry in events.entries_of(contract, name)))
    for kind, field in (("checklist", ("answers", "*", "answer")), (work.KIND, ("category",))):
        rule = load_schemas().by_kind[kind].rule_at(field)
        labels = rule["meta"].get("labels", {})
        found[coded(kind, field)] = Choices.of("値", ((value, labels.get(value, value)) for value in rule["allowed"]))
    return found
