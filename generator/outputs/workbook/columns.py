"""Fields of the data as columns of a sheet, and what their cells show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents.facts import title_at
from generator.intake.cellvalues import YES
from generator.intake.schema import load_schemas
from generator.intake.tables import ID, Choices, Column, Form
from generator.model import Contract

PEOPLE, ROLES, TASKS, INCIDENTS, CHANGES = "people", "roles", "tasks", "incidents", "changes"
"""What the choices of references are called."""

NEW_ROW = "新しい行は下に書き、記号は空欄のままにします。"

Words = Mapping[str, Choices]
"""What can be chosen, by the name that columns use."""


def ids(width: float) -> Column:
    """The column of ids: the first of every sheet."""
    return Column(ID, "記号", width=width)


def shown(key: str, title: str, width: float, kind: str = "text") -> Column:
    """A column that is only shown."""
    return Column(key, title, kind, width)


@dataclass(frozen=True)
class Fields:
    """The fields of a list of a data file as columns; titles come from the schema."""

    kind: str
    steps: tuple[str, ...] = ()

    def column(self, key: str, width: float, choices: str | None = None) -> Column:
        """A field that can be filled in."""
        schema = load_schemas().by_kind[self.kind]
        path = (*self.steps, key)
        rule = schema.rule_at(path)
        kind = _KINDS.get(str(rule["type"]), "text")
        if rule.get("allowed"):
            choices = coded(self.kind, path)
        if choices is not None:
            kind = "many" if rule["type"] == "list" else "one"
        return Column(key, title_at(schema, path), kind, width, True, choices)


_KINDS = {"date": "date", "moment": "moment", "integer": "integer", "boolean": "flag"}


def form(column: Column, value: Any, words: Words) -> Form:
    """What a cell shows for a value."""
    if column.kind == "flag":
        return YES if value else None
    if value is None or column.choices is None:
        return value  # type: ignore[no-any-return]  # of the schema's type
    found = words[column.choices]
    return "、".join(map(found.word, value)) if column.kind == "many" else found.word(str(value))


def coded(kind: str, field: Sequence[str]) -> str:
    """What the choices of a field are called that its schema lists."""
    return f"{kind}.{field[-1]}"


def file(contract: Contract, kind: str) -> str:
    """The data file of a kind; of a kind with a file for each record, what its folder is called begins with."""
    return load_schemas().by_kind[kind].files.format(contract=contract.id, id="")
