"""The schemas of a design and of the manuals: every field can be written, and a slip in a key is told with what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from generator.intake.chapters import read
from generator.intake.schema import DESIGN, MANUALS, Schema, load_schemas, validate
from tests.designed import CHAPTER, KINDS, MANUAL, SUBSYSTEMS, path_of

SCHEMAS = {**load_schemas().design, MANUALS: load_schemas().by_kind[MANUALS]}
TEXTS = {**KINDS, "subsystems": SUBSYSTEMS, MANUALS: MANUAL}
LEFT_OUT = {("functions", "*", "subsystem")}
"""Fields that the sample cannot hold, for it has no subsystems."""


def _path(kind: str) -> str:
    return CHAPTER if kind == MANUALS else path_of(kind)


def _written(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from _written(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _written(inner, (*path, "*"))


def _accepted(kind: str, text: str) -> tuple[Any, list[str]]:
    parsed = read(text.encode(), _path(kind))
    assert parsed.problems == []
    value, problems, _ = validate(SCHEMAS[kind], parsed.value, parsed.spot, _path(kind))
    return value, [f"{p.source.line}:{p.source.column} {p.code} {p.message} {p.hint}" for p in problems]


def test_sample_has_every_kind() -> None:
    """A new kind of design data is to be written in the sample too."""
    assert set(TEXTS) == set(SCHEMAS)
    assert all(schema.kind in (DESIGN + kind, MANUALS) for kind, schema in SCHEMAS.items())


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_full_example_is_accepted(kind: str) -> None:
    """Every field of the schema is written in the sample, and nothing is wrong with any."""
    value, problems = _accepted(kind, TEXTS[kind])
    assert problems == []
    fields = {tuple(str(step) for step in path) for path, _ in SCHEMAS[kind].walk()}
    assert fields - set(_written(value)) - LEFT_OUT == set()


def _keys(schema: Schema, text: str) -> list[tuple[re.Match[str], str]]:
    """Every place where a key of the schema begins a line, with the key."""
    known = {str(path[-1]) for path, _ in schema.walk() if path[-1] != "body"}
    found = re.finditer(r"^(?: *- | *)([a-z_]+):(?= |$)", text, re.MULTILINE)
    return [(match, match[1]) for match in found if match[1] in known]


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_unknown_key_is_told_with_what_was_meant(kind: str) -> None:
    """At every key in turn, one letter too many: its line and column, and the key that was meant."""
    keys = _keys(SCHEMAS[kind], TEXTS[kind])
    assert len(keys) >= 3
    for match, key in keys:
        start, end = match.span(1)
        text = f"{TEXTS[kind][:start]}{key}x{TEXTS[kind][end:]}"
        line, column = text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1
        _, problems = _accepted(kind, text)
        expected = f"{line}:{column} SCH002 「{key}x」という項目はありません {key} ではありませんか"
        assert expected in problems, problems


def test_body_may_not_be_lost() -> None:
    """The body is a field like any other: it is accepted as it was written."""
    value, problems = _accepted(MANUALS, MANUAL)
    assert (problems, value["body"]) == ([], "## 復元\n\n[[procedure restore]]")
