"""Answers by field: how fields are named, what values become, and what is still missing."""

from __future__ import annotations

from typing import Any

import pytest

from generator.intake import answers
from generator.intake.schema import load_schemas

SCHEMAS = load_schemas().by_kind
INCIDENTS, NOTICES = SCHEMAS["records/incidents"], SCHEMAS["records/notices"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("title", ("title",)),
        ("extent.users", ("extent", "users")),
        ("items.2.text", ("items", 1, "text")),
        ("a.0", ("a", "0")),
    ],
)
def test_fields_are_named_as_messages_name_them(name: str, path: tuple[str | int, ...]) -> None:
    """Items count from 1."""
    assert answers.field_path(name) == path
    assert answers.field_name(path) == name


TYPED: tuple[tuple[dict[str, Any], list[str], Any], ...] = (
    ({"type": "boolean"}, ["はい"], True),
    ({"type": "boolean"}, ["ＦＡＬＳＥ"], False),
    ({"type": "boolean"}, ["多分"], "多分"),
    ({"type": "string"}, [" a\r\nb "], "a\nb"),
    ({"type": "string", "allowed": ["x", "y"], "meta": {"labels": {"y": "ワイ"}}}, ["ワイ"], "y"),
    ({"type": "list", "schema": {"type": "id"}}, ["p1、p2, p3", "p4"], ["p1", "p2", "p3", "p4"]),
    ({"type": "list", "schema": {"type": "string"}}, ["a, b", "c"], ["a, b", "c"]),
    (
        {"type": "list", "schema": {"type": "string", "allowed": ["x"]}, "meta": {"labels": {"x": "エ"}}},
        ["エ,x"],
        ["x", "x"],
    ),
    ({"type": "list", "schema": {"type": "id"}}, [""], []),
)


@pytest.mark.parametrize(("rule", "texts", "value"), TYPED)
def test_text_becomes_what_its_rule_means(rule: dict[str, Any], texts: list[str], value: Any) -> None:
    """Labels stand for values, names are separated by commas; what cannot be read stays text, for the schema to refuse."""
    assert answers.typed(rule, texts) == value


def test_missing_are_the_fields_that_have_to_be_answered() -> None:
    """Of a list one item, of what was begun the rest; nothing that may be left out."""
    assert [answers.field_name(p) for p in answers.missing(NOTICES, {"title": "a"})] == [
        "deliverable",
        "issued",
        "items.1.item",
        "items.1.text",
    ]
    begun = {"title": "a", "contacted": "b", "prevention": [{"measure": "c"}, {"owner": "p1"}]}
    assert list(answers.missing(INCIDENTS, begun)) == [("prevention", 1, "measure")]


def test_a_kind_that_needs_nothing_needs_its_first_field() -> None:
    """No data file is empty."""
    staff = SCHEMAS["staff"]
    assert [answers.field_name(p) for p in answers.missing(staff, {})] == ["people.1.id", "people.1.name"]
    assert list(answers.missing(staff, {"first_response": "2時間"})) == []


def test_answers_are_put_together_in_the_order_of_the_schema() -> None:
    """Whatever the order in which they were given; what has no place is told."""
    given = {("items", 1, "item"): ["c"], ("items", 0, "text"): ["b"], ("items", 0, "item"): ["a"], ("title",): ["t"]}
    assert answers.put_together(NOTICES, given) == (
        {"title": "t", "items": [{"item": "a", "text": "b"}, {"item": "c"}]},
        [],
    )
    _, refused = answers.put_together(NOTICES, {("items", 1, "item"): ["c"], ("title",): ["t", "u"]})
    assert [path for path, _ in refused] == [("title",), ("items", 1, "item")]
    assert answers.put_together(NOTICES, {("title",): ["t"], ("title", "x"): ["y"]})[1][0][0] == ("title", "x")


def test_kinds_that_are_lists() -> None:
    """Registers, designs and the lists of a contract get a row; records and contracts get a file."""
    lists = {kind for kind, schema in SCHEMAS.items() if answers.sheet_of(schema)}
    assert {"clauses", "deliverables", "plan", "records/daily", "design/servers"} <= lists
    assert not {"contract", "terms", "staff", "records/notices", "records/procedures", "design/overview"} & lists
