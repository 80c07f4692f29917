"""Records as deadlines see them."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.intake.schema import load_schemas
from generator.rules import events

from .builders import contract, day, entry

RECORDS = load_schemas().records


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_kinds_say_on_which_day_they_belong(kind: str) -> None:
    """A record, or each row of a register, has a day; what is put in an order are dates."""
    schema = RECORDS[kind]
    fields = {".".join(str(step) for step in path): rule["type"] for path, rule in schema.walk()}
    days = [f"{schema.rows[0]}.*.{schema.rows[1]}"] if schema.rows else list(schema.day)
    assert days
    assert {fields[name] for name in (*days, *schema.order)} <= {"date", "moment"}


def test_titles_are_those_of_the_schema() -> None:
    """Kinds and date fields are called what the schema calls them; unknown ones go by their own names."""
    assert events.kind_title("incidents") == "障害"
    assert events.field_title("incidents", "restored") == "復旧日時"
    assert events.kind_title("visits") == "「visits」"
    assert events.field_title("visits", "came") == "「came」"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dt.datetime(2026, 4, 28, 16, 30), dt.datetime(2026, 4, 28, 16, 30)),
        (dt.date(2026, 4, 28), dt.date(2026, 4, 28)),
        ("2026-04-28 16:30", dt.datetime(2026, 4, 28, 16, 30)),
        ("2026-04-28T16:30", dt.datetime(2026, 4, 28, 16, 30)),
        ("令和8年4月28日", dt.date(2026, 4, 28)),
        ("令和8年2月30日", None),
        ("2026-04-28 25:00", None),
        ("きのう", None),
        (None, None),
        (5, None),
    ],
)
def test_moments(value: object, expected: dt.date | None) -> None:
    """Days, moments and the texts that mean them."""
    assert events.moment_of(value) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(entry("incidents", "1", contacted="2026-04-28 16:30"), "2026-04-28", id="復旧前は連絡日"),
        pytest.param(
            entry("incidents", "2", contacted="2026-04-28 16:30", restored="2026-05-01 09:00"),
            "2026-05-01",
            id="復旧日",
        ),
        pytest.param(
            entry("visits", "3", title="来訪", when="2026-06-01"), "2026-06-01", id="知らない種類は最初の日付"
        ),
        pytest.param(entry("visits", "4", title="来訪"), None, id="日付がない"),
    ],
)
def test_the_day_a_record_belongs_to(record: object, expected: str | None) -> None:
    """The first filled date field of the kind."""
    assert events.happened_on(record) == (day(expected) if expected else None)  # type: ignore[arg-type]


def test_records_are_narrowed_and_in_order() -> None:
    """By kind, by field values (lists and booleans too), by id."""
    made = contract(
        entries=[
            entry("incidents", "b", category="リソース", planned=True),
            entry("incidents", "a", category=["リソース", "通信"], planned=False),
            entry("changes", "c", category="リソース"),
        ]
    )
    assert [e.id for e in events.entries_of(made, "incidents")] == ["a", "b"]
    assert [e.id for e in events.entries_of(made, "incidents", {"category": "通信"})] == ["a"]
    assert [e.id for e in events.entries_of(made, "incidents", {"planned": "true"})] == ["b"]
    assert events.entries_of(made, "incidents", {"nothing": "x"}) == []
