"""What new records and rows are called: after those that are there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.intake.schema import load_schemas
from generator.model import Entry
from generator.rules.recordids import habit, next_id
from generator.rules.rownumbers import next_number
from tests.documents.recorded import at, contract, entry, on, register

SCHEMAS = load_schemas().records
TODAY = dt.date(2026, 11, 20)

NAMES: tuple[tuple[str, tuple[Entry, ...], dict[str, Any], str | None], ...] = (
    ("incidents", (), {"contacted": at(6, 16)}, "2026-001"),
    ("incidents", (), {"contacted": at(1, 16)}, "2027-001"),
    ("incidents", (entry("incidents", "2026-009", contacted=at(5, 1)),), {"contacted": at(6, 16)}, "2026-010"),
    ("incidents", (entry("incidents", "2026-0099", contacted=at(5, 1)),), {"contacted": at(6, 16)}, "2026-0100"),
    ("incidents", (entry("incidents", "2026-002", contacted=at(2, 1)),), {"contacted": at(3, 16)}, "2026-003"),
    ("disposals", (), {}, "2026-001"),
    ("meetings", (entry("meetings", "2026-05-01", held=on(5, 1)),), {"held": on(6, 2)}, "2026-06-02"),
    ("meetings", (entry("meetings", "2026-05-01-extra", held=on(5, 1)),), {"held": on(6, 2)}, "2026-06-02"),
    ("meetings", (entry("meetings", "2026-06-02", held=on(6, 2)),), {"held": on(6, 2)}, "2026-06-02-2"),
    ("meetings", (entry("meetings", "2026-05", held=on(5, 1)),), {"held": on(6, 2)}, "2026-06"),
    ("handovers", (entry("handovers", "2026-05", held=on(5, 1)),), {}, None),
    (
        "invoices",
        (entry("invoices", "2026-04", issued=on(5, 1), period={"start": on(4, 1), "end": on(4, 30)}),),
        {"issued": on(6, 1)},
        None,
    ),
    ("daily", (), {"date": on(6, 2)}, "2026-06"),
    ("devices", (), {"brought": on(2, 1)}, "2026"),
    ("loans", (register("loans", {"item": "a", "lent": on(2, 1)}, name="2027"),), {"lent": on(3, 1)}, "2027"),
)


@pytest.mark.parametrize(("kind", "there", "values", "name"), NAMES)
def test_names(kind: str, there: tuple[Entry, ...], values: dict[str, Any], name: str | None) -> None:
    """By serial number, day, month or year, calendar or fiscal, as those before; None where a date is missing."""
    found = habit(kind, [contract(*there)])
    assert found is not None
    assert next_id(SCHEMAS[kind], found, values, [one.id for one in there], TODAY) == name


def test_records_with_names_have_no_habit() -> None:
    """A name is for a person to give; a contract without records does as the others do."""
    named = contract(entry("workplaces", "ward-office", start=on(4, 1)), entry("workplaces", "annex", start=on(5, 1)))
    assert habit("workplaces", [named]) is None
    assert habit("workplaces", [contract(), named]) is None


NUMBERS: tuple[tuple[dict[str, tuple[str, ...]], str, str | None], ...] = (
    ({}, "2026-04", "q01"),
    ({"2026-04": ("q01", "q02")}, "2026-04", "q03"),
    ({"2026-04": ("q01", "q02")}, "2026-05", "q03"),
    ({"2026-04": ("q2604-01", "q2604-02")}, "2026-04", "q2604-03"),
    ({"2026-04": ("q2604-01", "q2604-02")}, "2026-05", "q2605-01"),
    ({"2026-04": ("q0401",), "2026-05": ("q0501", "q0502")}, "2026-06", "q0601"),
    ({"2026-04": ("2026-04/9",)}, "2026-05", "2026-05/1"),
    ({"2026": ("PC-01", "ME-01")}, "2026", None),
    ({"2026": ("赤", "青")}, "2026", None),
)


@pytest.mark.parametrize(("there", "file", "number"), NUMBERS)
def test_numbers_of_rows(there: dict[str, tuple[str, ...]], file: str, number: str | None) -> None:
    """Counted on, or anew in each file where the number tells it; None where several things are counted."""
    files = [register("inquiries", *({"id": name} for name in names), name=key) for key, names in there.items()]
    assert next_number(files, "items", file, "q01") == number
