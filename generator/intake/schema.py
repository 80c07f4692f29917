"""Cerberus schemas, one YAML file per kind of data file. What their errors mean is said in `schemaerrors`.

The only importer of cerberus. A schema file has `title`, `help`, `files` (where such files live) and `fields`
(Cerberus rules; `meta` holds title, help, example, labels and the `personal` mark: true, or the words in another text
of the same mapping that make the value personal).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, ClassVar

import cerberus
from cerberus import errors as cerberus_errors

from generator.intake import schemaerrors
from generator.intake.positions import Spot
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.yamltext import trusted
from generator.problems import NohinError, Problem

Path = tuple[str | int, ...]
Rules = dict[str, Any]


@dataclass(frozen=True)
class Schema:
    """One kind of data file."""

    kind: str
    title: str
    help: str
    files: str
    fields: Rules
    definitions: Rules
    day: tuple[str, ...] = ()
    """Of a kind of record: the date fields that say on which day a record belongs; the first that is filled counts."""
    order: tuple[str, ...] = ()
    """The date fields in the order in which things happen."""
    rows: tuple[str, str] | None = None
    """Of a register, whose files hold many rows: the list's field, and the row's field with its day."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the paths of this kind; its groups name the parts."""
        parts = re.split(r"\{(\w+)\}", self.files)
        return re.compile("".join(f"(?P<{p}>[^/]+)" if i % 2 else re.escape(p) for i, p in enumerate(parts)) + r"\Z")

    @cached_property
    def validator(self) -> cerberus.Validator:
        """The Cerberus validator, with shared definitions written in."""
        return _Validator(_expanded(self.fields, self.definitions), error_handler=cerberus_errors.BasicErrorHandler)

    def rule_at(self, path: Sequence[str | int]) -> Rules:
        """The rule that governs the value under a path; empty where there is none. `*` stands for any item of a list."""
        rule: Rules = {"schema": self.fields, "type": "dict"}
        for step in path:
            inner = self.inner(rule)
            rule = inner if isinstance(step, int) or step == "*" else inner.get(step) or {}
        return rule

    def inner(self, rule: Rules) -> Rules:
        """The rules of what is inside: of a mapping those of its keys, of a list that of its items."""
        inner = rule.get("schema") or {}
        return self.definitions[inner] if isinstance(inner, str) else inner

    def keys_at(self, path: Sequence[str | int]) -> list[str]:
        """The keys that a mapping under a path may have."""
        return list(self.inner(self.rule_at(path)))

    def walk(self) -> Iterator[tuple[Path, Rules]]:
        """Every field with its path (list items as `*`), definitions followed, in order."""
        yield from self._walk(self.fields, ())

    def _walk(self, fields: Rules, path: Path) -> Iterator[tuple[Path, Rules]]:
        for key, rule in fields.items():
            yield (*path, key), rule
            inner = self.inner(rule)
            if rule.get("type") == "list":
                inner = self.inner(inner) if inner.get("type") == "dict" else {}
                yield from self._walk(inner, (*path, key, "*"))
            elif rule.get("type") == "dict":
                yield from self._walk(inner, (*path, key))


class _Validator(cerberus.Validator):  # type: ignore[misc]
    """Cerberus with our scalar types and rules; needs no schema of its own."""

    types_mapping: ClassVar[dict[str, Any]] = {
        **cerberus.Validator.types_mapping,
        **{name: cerberus.TypeDefinition(name, (kind.python,), ()) for name, kind in SCALAR_TYPES.items()},
    }

    @property
    def schema(self) -> Any:
        """The rules as they are: Cerberus would check and copy them again for every nested value. Tests check them."""
        return self._schema

    @schema.setter
    def schema(self, schema: Any) -> None:
        self._schema = schema

    def _validate_refuses(self, kind: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""
        wanted = SCALAR_TYPES[kind]
        if isinstance(value, wanted.python) and wanted.refuses(value):
            self._error(field, cerberus_errors.BAD_TYPE)

    def _validate_empty(self, allowed: bool, field: str, value: Any) -> None:
        """{'type': 'boolean'}"""
        if not allowed and isinstance(value, str) and not value.strip():
            self._error(field, cerberus_errors.EMPTY_NOT_ALLOWED)

    def _validate_whole(self, wanted: bool, field: str, value: Any) -> None:
        """{'type': 'boolean'}"""

    def _validate_unique_by(self, key: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""

    def _validate_ahead(self, plan: bool, field: str, value: Any) -> None:
        """{'type': 'boolean'}"""

    def _validate_pair_by(self, keys: list[str], field: str, value: Any) -> None:
        """{'type': 'list'}"""

    def _validate_reference(self, kind: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""

    def _normalize_coerce_one_or_many(self, value: Any) -> Any:
        return value if isinstance(value, list) or value is None else [value]


def _expanded(fields: Rules, definitions: Rules) -> Rules:
    return {key: _expanded_rule(rule, definitions) for key, rule in fields.items()}


def _expanded_rule(rule: Rules, definitions: Rules) -> Rules:
    result = {key: value for key, value in rule.items() if key != "meta"}
    kind = rule.get("type")
    if kind in SCALAR_TYPES:
        result["coerce"] = SCALAR_TYPES[kind].normalise
        result["refuses"] = kind
    if kind in ("string", "text") and rule.get("required"):
        result["empty"] = False
    inner = rule.get("schema")
    if isinstance(inner, str):
        inner = definitions[inner]
    if inner is not None:
        result["schema"] = _expanded_rule(inner, definitions) if kind == "list" else _expanded(inner, definitions)
    for key in ("keysrules", "valuesrules"):
        if key in rule:
            result[key] = _expanded_rule(rule[key], definitions)
    return result


@dataclass(frozen=True)
class Schemas:
    """All kinds of data file."""

    by_kind: Mapping[str, Schema]

    @cached_property
    def records(self) -> dict[str, Schema]:
        """The kinds of record, by the name of their folder."""
        found = self.by_kind.items()
        return {kind.removeprefix(RECORDS): schema for kind, schema in found if kind.startswith(RECORDS)}

    @cached_property
    def design(self) -> dict[str, Schema]:
        """The kinds of design data, by the name of their file."""
        found = self.by_kind.items()
        return {kind.removeprefix(DESIGN): schema for kind, schema in found if kind.startswith(DESIGN)}

    def of(self, path: str) -> tuple[Schema, dict[str, str]] | None:
        """The kind of a file and the names in its path; None where no kind fits."""
        for schema in self.by_kind.values():
            if match := schema.pattern.match(path):
                return schema, match.groupdict()
        return None


@cache
def load_manifest_schema() -> Schema:
    """The schema of the front matter of a document template."""
    return _schema("manifest", resources.files("generator") / "schemas" / "manifest.yml", {})


@cache
def load_schemas() -> Schemas:
    """The schemas of the package, read once; kinds of record are named `records/<kind>`, of design `design/<kind>`."""
    folder = resources.files("generator") / "schemas"
    definitions = _read(folder / "definitions.yml")
    found: dict[str, Schema] = {}
    for prefix, place in (("", folder), (RECORDS, folder / "records"), (DESIGN, folder / "design")):
        for entry in sorted(place.iterdir(), key=lambda e: e.name):
            if entry.name.endswith(".yml") and entry.name not in _NOT_DATA:
                kind = prefix + entry.name.removesuffix(".yml")
                found[kind] = _schema(kind, entry, definitions)
    return Schemas(found)


RECORDS = "records/"
"""What the names of the kinds of record begin with."""

DESIGN = "design/"
"""What the names of the kinds of design data begin with."""

MANUALS = "manuals"
"""The kind of the chapters of manuals."""

_NOT_DATA = ("definitions.yml", "manifest.yml")


def _schema(kind: str, entry: Any, definitions: Rules) -> Schema:
    head = _read(entry)
    rows = (head["rows"]["field"], head["rows"]["day"]) if "rows" in head else None
    days, order = (tuple(head.get(key, ())) for key in ("day", "order"))
    return Schema(kind, head["title"], head["help"], head["files"], head["fields"], definitions, days, order, rows)


def _read(entry: Any) -> Rules:
    value = trusted(entry.read_bytes())
    if not isinstance(value, dict):
        raise NohinError(f"スキーマ {entry.name} が読めません")
    return value


def validate(schema: Schema, value: Any, spot: Spot, path: str) -> tuple[Any, list[Problem], list[Path]]:
    """Normalised value, problems, and the paths that are wrong."""
    if not isinstance(value, dict):
        hint = f"最初の行から「{next(iter(schema.fields))}: …」の形で書いてください"
        return (
            None,
            [Problem(spot.source(path), "SCH003", "ファイルの中身が「キー: 値」の形ではありません", hint)],
            [()],
        )
    validator = schema.validator
    validator.validate(value)
    found = list(_leaves(validator._errors))
    problems = [schemaerrors.problem(schema, error, spot, path) for error in found]
    bad: list[Path] = [tuple(error.document_path) for error in found]
    for where, rule in _repeats(schema, validator.document or {}):
        problems.append(schemaerrors.repeated(where, rule, validator.document, spot, path))
        bad.append(where)
    return validator.document, problems, bad


def _leaves(errors: Any) -> Iterator[Any]:
    for error in errors:
        if error.is_group_error:
            yield from _leaves(error.child_errors)
        else:
            yield error


def _repeats(schema: Schema, document: Any) -> Iterator[tuple[Path, str]]:
    for field, rule in schema.fields.items():
        key = rule.get("unique_by")
        items = document.get(field) if key else None
        if not isinstance(items, list):
            continue
        seen: set[Any] = set()
        for index, item in enumerate(items):
            name = item.get(key) if isinstance(item, dict) else None
            if isinstance(name, str) and name in seen:
                yield (field, index), key
            if isinstance(name, str):
                seen.add(name)
