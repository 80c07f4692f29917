"""Kinds of record that a project has of its own: schemas/records/<kind>.yml beside its templates.

They are written by whoever writes the data, so they are read as data are (limits, places, no path out of the project)
and may say less than the schemas of the package: no patterns and no code, and the fields that the program reads of any
record mean there what they mean everywhere (`kindrules`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from generator.intake import kindrules
from generator.intake.schema import RECORDS, Schema, Schemas, definitions, put_in_force, schema_of, shipped_schemas
from generator.intake.tree import Tree
from generator.intake.yamltext import parse
from generator.problems import NohinError, Problem, Source

PROBLEM_CODES = {"SCH010": "記録の種類のスキーマの誤り"}

FOLDER = "schemas/records"
"""Where a project keeps them."""

SCHEMAS = "schemas/"
"""What they all lie below."""

_Content = tuple[str, bytes | None]
"""A file's path and what it holds; None where it cannot be read."""


def put_in_force_of(tree: Tree) -> tuple[Schemas, list[Problem]]:
    """The schemas of a project, from now on in force; and what is wrong with those of its own."""
    schemas, problems = _made(tuple((path, _read(tree, path)) for path in tree.files(FOLDER)))
    put_in_force(schemas)
    return schemas, list(problems)


def _read(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read(path)
    except (OSError, NohinError):
        return None


@lru_cache(maxsize=16)
def _made(contents: tuple[_Content, ...]) -> tuple[Schemas, tuple[Problem, ...]]:
    """The same schemas for the same files, so that what was made of them holds."""
    shipped = shipped_schemas()
    if not contents:
        return shipped, ()
    names = [match[1] for path, _ in contents if (match := _NAME.fullmatch(path))]
    found, problems = {}, list[Problem]()
    for path, content in contents:
        schema, wrong = _schema(path, content, names)
        problems += wrong
        if schema is not None and not wrong:
            found[schema.kind] = schema
    broken = frozenset({RECORDS + name for name in names} - {*found, *shipped.by_kind})
    seal = hashlib.sha256(repr(contents).encode()).hexdigest()
    return Schemas({**shipped.by_kind, **found}, seal, broken), tuple(problems)


_NAME = re.compile(rf"{FOLDER}/([a-z][a-z0-9-]*)\.yml")


def _schema(path: str, content: bytes | None, names: list[str]) -> tuple[Schema | None, list[Problem]]:
    if misplaced := list(_misplaced(path)):
        return None, misplaced
    if content is None:
        return None, [Problem(Source(path), "YML008", "ファイルが読めません", "読めるファイルに置き換えてください")]
    parsed = parse(content, path)
    if parsed.value is None or parsed.problems:
        return None, parsed.problems
    kind = path.removeprefix(f"{FOLDER}/").removesuffix(".yml")
    found = list(kindrules.check(kind, parsed.value, parsed.spot, path, names))
    return (None, found) if found else (schema_of(RECORDS + kind, _whole(kind, parsed.value), definitions()), [])


def _misplaced(path: str) -> Iterator[Problem]:
    """A file that is no schema, or would stand in the place of one that comes with Nohin."""
    match = _NAME.fullmatch(path)
    if match is None:
        hint = f"{FOLDER}/visits.yml のように、種類の名（英小文字・数字・-）に .yml を付けてください"
        yield Problem(Source(path), "FIL002", "記録の種類の名になりません", hint)
    elif RECORDS + match[1] in shipped_schemas().by_kind:
        title = shipped_schemas().records[match[1]].title
        message = f"記録の種類「{match[1]}」（{title}）は nohin にあります。置き換えられません"
        yield Problem(Source(path), "SCH010", message, "別の名にしてください")


def _whole(kind: str, head: dict[str, Any]) -> dict[str, Any]:
    return {**head, "files": kindrules.place_of(kind)}
