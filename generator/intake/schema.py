"""Cerberus schemas, one YAML file per kind of data file. What their errors mean is said in `schemaerrors`.

A schema file has `title`, `help`, `files` (where such files live) and `fields`
(Cerberus rules; `meta` holds title, help, example, labels and the `personal` mark: true, or the words in another text
of the same mapping that make the value personal).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, ClassVar, ParamSpec, TypeVar

from generator.intake import schemaerrors
from generator.intake.positions import Spot
from generator.intake.validator import Validator
from generator.intake.yamltext import trusted
from generator.problems import NohinError, Problem

Path = tuple[str | int, ...]
Rules = dict[str, Any]
P = ParamSpec("P")
T = TypeVar("T")


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
    def validator(self) -> Validator:
        """The Cerberus validator, with shared definitions written in."""
        return Validator.of(self.fields, self.definitions)

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


@dataclass(frozen=True)
class Schemas:
    """All kinds of data file."""

    by_kind: Mapping[str, Schema]
    seal: str = ""
    """Changes whenever a kind of the project's own does; empty where it has none."""
    broken: frozenset[str] = frozenset()
    """The kinds of record that the project means to have of its own and whose schemas are wrong."""

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
    return read_schema("manifest", resources.files("generator") / "schemas" / "manifest.yml", {})


@cache
def shipped_schemas() -> Schemas:
    """The schemas of the package, read once; kinds of record are named `records/<kind>`, of design `design/<kind>`."""
    folder = resources.files("generator") / "schemas"
    found: dict[str, Schema] = {}
    for prefix, place in (("", folder), (RECORDS, folder / "records"), (DESIGN, folder / "design")):
        for entry in sorted(place.iterdir(), key=lambda e: e.name):
            if entry.name.endswith(".yml") and entry.name not in _NOT_DATA:
                kind = prefix + entry.name.removesuffix(".yml")
                found[kind] = read_schema(kind, entry, definitions())
    return Schemas(found)


@cache
def definitions() -> Rules:
    """What the schemas of the package share: the rules of a period, of a clause."""
    return _read(resources.files("generator") / "schemas" / "definitions.yml")


class _InForce:
    """The schemas of the project that is being looked at. One at a time: a process looks at one project after the other."""

    schemas: Schemas | None = None
    forget: ClassVar[list[Callable[[], None]]] = []


def load_schemas() -> Schemas:
    """The schemas in force: those of the package, and the kinds of record that the project looked at last has of its own."""
    return _InForce.schemas or shipped_schemas()


def put_in_force(schemas: Schemas) -> None:
    """Let schemas be those that `load_schemas` gives, and forget what was made of others."""
    if schemas is not load_schemas():
        _InForce.schemas = schemas
        for forget in _InForce.forget:
            forget()


def put_both_in_force(before: Schemas, after: Schemas) -> None:
    """For two states of a project that are told of side by side: a kind that only one of them has is known of both."""
    if before is not after:
        seal = f"{before.seal} {after.seal}"
        put_in_force(Schemas({**before.by_kind, **after.by_kind}, seal, before.broken | after.broken))
    else:
        put_in_force(after)


@contextmanager
def still_in_force() -> Iterator[None]:
    """Another project, or another state of it, is looked at until the block ends."""
    before = load_schemas()
    try:
        yield
    finally:
        put_in_force(before)


def kept_by_schemas(function: Callable[P, T]) -> Callable[P, T]:
    """A function whose answers rest on the schemas in force, each worked out once for as long as they are."""
    kept = cache(function)
    _InForce.forget.append(kept.cache_clear)
    return kept  # type: ignore[return-value]  # `cache` does not tell the parameters


RECORDS = "records/"
"""What the names of the kinds of record begin with."""

DESIGN = "design/"
"""What the names of the kinds of design data begin with."""

MANUALS = "manuals"
"""The kind of the chapters of manuals."""

_NOT_DATA = ("definitions.yml", "kind.yml", "manifest.yml")


def read_schema(kind: str, entry: Any, definitions: Rules) -> Schema:
    """A schema file of the package."""
    return schema_of(kind, _read(entry), definitions)


def schema_of(kind: str, head: Rules, definitions: Rules) -> Schema:
    """The schema that a schema file says."""
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
