"""The data files of a tree: each read, matched to its kind and held against that kind's schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from generator.intake.positions import Spot
from generator.intake.records import pruned
from generator.intake.remembered import Memory
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import Schema, Schemas, validate
from generator.intake.tree import Tree
from generator.intake.yamltext import parse
from generator.problems import NohinError, Problem, Source

PROBLEM_CODES = {
    "FIL001": "どの種類にも当たらないファイル",
    "FIL002": "使えないファイル名",
    "YML008": "読めないファイル",
}

DATA = "data"
_YAML = re.compile(r"\.ya?ml\Z", re.IGNORECASE)


@dataclass(frozen=True)
class DataFile:
    """One file that a schema has seen."""

    path: str
    kind: str
    names: Mapping[str, str]
    """What the path says: `id`, `contract`."""
    value: Any
    """The accepted part of the content; None when there is none."""
    spot: Spot
    lost: bool
    """Whether a part was wrong and left out; references into such a file are not judged."""


def read_all(tree: Tree, schemas: Schemas, memory: Memory) -> tuple[list[DataFile], list[Problem]]:
    """Every YAML file below data/, in order of path, with all their problems."""
    files: list[DataFile] = []
    problems: list[Problem] = []
    for path in tree.files(DATA):
        if _UNWRITABLE.search(path):
            problems.append(_unwritable(path))
        elif _YAML.search(path):
            file, found = _read(tree, path, schemas, memory)
            files += [file] if file else []
            problems += found
    return files, problems


def _read(tree: Tree, path: str, schemas: Schemas, memory: Memory) -> tuple[DataFile | None, list[Problem]]:
    match = schemas.of(path)
    if match is None:
        return _meant(path, schemas), [_stray(path, schemas)]
    schema, names = match
    naming = list(_bad_names(path, names))
    try:
        content = tree.read(path)
    except (OSError, NohinError) as error:
        message = f"ファイルが読めません（{_why_unreadable(error)}）"
        return DataFile(path, schema.kind, names, None, Spot(1, 1), True), [
            *naming,
            Problem(Source(path), "YML008", message, "読めるファイルに置き換えるか、消してください"),
        ]
    key = memory.key(path, content)
    if (recalled := memory.recall(key)) is not None:
        return DataFile(path, schema.kind, names, *recalled, False), naming
    parsed = parse(content, path)
    if parsed.value is None:
        return DataFile(path, schema.kind, names, None, parsed.spot, True), naming + parsed.problems
    file, found = _accepted(schema, names, parsed.value, parsed.spot, path, bool(parsed.problems))
    if not parsed.problems and not found:
        memory.keep(key, file.value, file.spot)
    return file, naming + parsed.problems + found


def _accepted(
    schema: Schema, names: Mapping[str, str], raw: Any, spot: Spot, path: str, lost: bool
) -> tuple[DataFile, list[Problem]]:
    value, problems, bad = validate(schema, raw, spot, path)
    if bad:
        value, spot, gone = pruned(schema, value, spot, bad)
        lost = lost or gone
    return DataFile(path, schema.kind, names, value, spot, lost), problems


def _bad_names(path: str, names: Mapping[str, str]) -> Iterator[Problem]:
    for name in names.values():
        if SCALAR_TYPES["id"].refuses(name):
            message = f"「{name}」は id に使えない名です"
            yield Problem(Source(path), "FIL002", message, "英小文字・数字・ハイフンの名にしてください")


def _stray(path: str, schemas: Schemas) -> Problem:
    known = [schema.files for schema in schemas.by_kind.values()]
    pattern = re.sub(r"(data/\w+/)[^/]+(/|\.ya?ml\Z)", r"\1{}\2", path)
    shapes = {re.sub(r"\{\w+\}", "{}", files): files for files in known}
    near = get_close_matches(_YAML.sub(".yml", pattern), sorted(shapes), 1, 0.7)
    hint = f"{shapes[near[0]]} の形ではありませんか" if near else "置ける場所: " + "、".join(known)
    return Problem(Source(path), "FIL001", "このファイルはどの種類のデータにも当たりません", hint)
