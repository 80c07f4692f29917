"""Answers given for a new file, as text by field: typed, put together, and held against the schema's own rules.

A field is named as messages name it: `contacted`, `extent.users`, `items.1.text` (items count from 1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from generator.intake import plaintext
from generator.intake.drafting import allowed_of, label_of
from generator.intake.positions import Spot
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import Path, Rules, Schema, validate
from generator.problems import Problem, Source

_TRUTHS = {"true": True, "はい": True, "false": False, "いいえ": False}
_NAMES = ("id", "ground", "item")
"""The types of what cannot hold a comma: several may be given at once."""


def field_name(path: Path) -> str:
    """`items.1.text`, as it is typed."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def field_path(name: str) -> Path:
    """The path that a typed name stands for."""
    return tuple(int(step) - 1 if step.isdecimal() and step != "0" else step for step in name.split("."))


def sheet_of(schema: Schema) -> str | None:
    """The list of a kind whose files are one list of named things, such as a register; None for other kinds."""
    if schema.rows:
        return schema.rows[0]
    needed = [key for key, rule in schema.fields.items() if rule.get("required")]
    return needed[0] if len(needed) == 1 and "unique_by" in schema.fields[needed[0]] else None


def row_schema(schema: Schema, field: str) -> Schema:
    """The schema of one row of a list, as if it were a file."""
    fields = {key: schema.rule_at((field, 0, key)) for key in schema.keys_at((field, 0))}
    return replace(schema, fields=fields, rows=None)


def item_rule(rule: Rules) -> Rules:
    """The rule of the items of a list; empty where there is none."""
    inner = rule.get("schema")
    return inner if isinstance(inner, dict) else {}


def typed(rule: Rules, texts: Sequence[str]) -> Any:
    """What was typed for a field, as its rule means it; what cannot be read is left for the schema to refuse."""
    if rule.get("type") == "list":
        inner = item_rule(rule)
        if inner.get("type") in _NAMES or inner.get("allowed"):
            texts = [part for text in texts for part in re.split(r"[,、，\s]+", text) if part]
        return [_single({**inner, "meta": rule.get("meta", {})}, text) for text in texts]
    return _single(rule, texts[-1])


def _single(rule: Rules, text: str) -> Any:
    text = re.sub(r"\r\n?", "\n", text).strip()
    if rule.get("type") == "boolean":
        return _TRUTHS.get(unicodedata.normalize("NFKC", text).lower(), text)
    for value in allowed_of(rule):
        if unicodedata.normalize("NFKC", text) in (value, label_of(rule, value)):
            return value
    return text


def refusal(schema: Schema, path: Path, texts: Sequence[str]) -> Problem | None:
    """Why an answer cannot be taken, in the schema's own words; None where it can."""
    rule, key = schema.rule_at(path), str(path[-1])
    _, problems, _ = validate(replace(schema, fields={key: rule}), {key: typed(rule, texts)}, Spot(1, 1), "")
    return next((problem for _, problem in (*unprintable({path: texts}), *((path, p) for p in problems))), None)


def unprintable(given: Mapping[Path, Sequence[str]]) -> Iterator[tuple[Path, Problem]]:
    """The answers that hold what no data file may hold."""
    for path, texts in given.items():
        if found := plaintext.UNPRINTABLE.search("\n".join(texts)):
            yield path, Problem(Source(""), "YML006", *plaintext.unprintable(found.group()))


def put_together(schema: Schema, given: Mapping[Path, Sequence[str]]) -> tuple[dict[str, Any], list[tuple[Path, str]]]:
    """A mapping of answers by path, and what could not be put in its place, with the reason."""
    document: dict[str, Any] = {}
    refused: list[tuple[Path, str]] = []
    for path, texts in sorted(given.items(), key=lambda pair: _order(schema, pair[0])):
        rule = schema.rule_at(path)
        if len(texts) > 1 and rule.get("type") != "list":
            refused.append((path, "二度答えています"))
        elif not _placed(document, path, typed(rule, texts)):
            refused.append((path, "この位置には書けません（一覧の項目は 1 から順に items.1.… と書きます）"))
    return document, refused


def _order(schema: Schema, path: Path) -> tuple[tuple[int, str], ...]:
    """In the order of the schema, items by their number; what it does not know comes last."""
    steps = []
    for depth, step in enumerate(path):
        keys = schema.keys_at(path[:depth])
        steps.append((step if isinstance(step, int) else keys.index(step) if step in keys else len(keys), str(step)))
    return tuple(steps)


def _placed(document: Any, path: Path, value: Any) -> bool:
    """Put a value under a path, making what encloses it; False where something else is in the way."""
    for step, following in pairwise(path):
        document = _entered(document, step, [] if isinstance(following, int) else {})
    if isinstance(document, dict) and isinstance(path[-1], str):
        return document.setdefault(path[-1], value) is value
    if isinstance(document, list) and path[-1] == len(document):
        document.append(value)
        return True
    return False


def _entered(document: Any, step: str | int, empty: Any) -> Any:
    if isinstance(document, dict) and isinstance(step, str):
        return document.setdefault(step, empty)
    if isinstance(document, list) and isinstance(step, int) and step <= len(document):
        if step == len(document):
            document.append(empty)
        return document[step]
    return None


def refusals(schema: Schema, document: Mapping[str, Any]) -> list[tuple[Path, Problem]]:
    """What the schema finds wrong with the answers, but for those that are still to come."""
    _, problems, bad = validate(schema, dict(document), Spot(1, 1), "")
    return [(path, problem) for path, problem in zip(bad, problems, strict=True) if problem.code != "SCH001"]


def missing(schema: Schema, document: Mapping[str, Any]) -> Iterator[Path]:
    """The fields that have to be answered and are not, in the order of the schema: single values and lists of them.

    A kind that needs nothing needs its first field: a file cannot be empty.
    """
    needed = any(rule.get("required") for rule in schema.fields.values())
    first = None if needed or document else next(iter(schema.fields))
    for key in schema.fields:
        yield from _missing(schema, (key,), document.get(key), first == key)


def _missing(schema: Schema, path: Path, value: Any, wanted: bool = False) -> Iterator[Path]:
    rule = schema.rule_at(path)
    if value is None and not (rule.get("required") or wanted):
        return
    rows = rule.get("type") == "list" and schema.rule_at((*path, 0)).get("type") == "dict"
    if rows:
        for index in range(max(len(value or ()), 1)):
            item = value[index] if value else {}
            yield from _inside(schema, (*path, index), item)
    elif rule.get("type") == "dict":
        yield from _inside(schema, path, value or {})
    elif value is None:
        yield path


def _inside(schema: Schema, path: Path, value: Any) -> Iterator[Path]:
    for key in schema.keys_at(path):
        yield from _missing(schema, (*path, key), value.get(key) if isinstance(value, dict) else None)


def accepted(schema: Schema, document: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in the form that the schema gives them."""
    value: dict[str, Any] = validate(schema, dict(document), Spot(1, 1), "")[0]
    return value


def is_name(text: str) -> bool:
    """Whether a text can be the name of a file or a folder."""
    return not SCALAR_TYPES["id"].refuses(text)
