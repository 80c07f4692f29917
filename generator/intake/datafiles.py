"""The data files of a tree: each read, matched to its kind and held against that kind's schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.intake import chapters
from generator.intake.positions import Spot
from generator.intake.records import pruned
from generator.intake.remembered import Memory
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import Path, Schema, Schemas, validate
from generator.intake.strays import meant, stray
from generator.intake.tree import Tree
from generator.problems import NohinError, Problem, Source

PROBLEM_CODES = {
    "FIL001": "どの種類にも当たらないファイル",
    "FIL002": "使えないファイル名",
    "YML008": "読めないファイル",
}

DATA = "data"
_DATA = re.compile(r"\.ya?ml\Z|/manuals/[^/]+/[^/]+\.md\Z", re.IGNORECASE)


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
    lost: bool = False
    """Whether any part was wrong and left out."""
    nameless: bool = False
    """Whether a list or an item of one went, and its name with it; names in such a file are not judged."""


def read_all(tree: Tree, schemas: Schemas, memory: Memory) -> tuple[list[DataFile], list[Problem]]:
    """Every YAML file and every chapter of a manual below data/, in order of path, with all their problems."""
    files: list[DataFile] = []
    problems: list[Problem] = []
    for path in tree.files(DATA):
        if _UNWRITABLE.search(path):
            problems.append(_unwritable(path))
        elif _DATA.search(path):
            file, found = _read(tree, path, schemas, memory)
            files += [file] if file else []
            problems += found
    return files, problems


def _read(tree: Tree, path: str, schemas: Schemas, memory: Memory) -> tuple[DataFile | None, list[Problem]]:
    match = schemas.of(path)
    if match is None:
        return (None, []) if _is_untold(path, schemas) else (_meant(path, schemas), [stray(path, schemas)])
    schema, names = match
    naming = list(_bad_names(path, names))
    try:
        content = tree.read(path)
    except (OSError, NohinError) as error:
        message = f"ファイルが読めません（{_why_unreadable(error)}）"
        hint = "読めるファイルに置き換えるか、消してください"
        return _unread(path, schema, names), [*naming, Problem(Source(path), "YML008", message, hint)]
    key = memory.key(path, content)
    if (recalled := memory.recall(key)) is not None:
        return DataFile(path, schema.kind, names, *recalled), naming
    parsed = chapters.read(content, path)
    if parsed.value is None:
        return _unread(path, schema, names), naming + parsed.problems
    file, found = _accepted(schema, names, parsed.value, parsed.spot, path, bool(parsed.problems))
    if not parsed.problems and not found:
        memory.keep(key, file.value, file.spot)
    return file, naming + parsed.problems + found


def _accepted(
    schema: Schema, names: Mapping[str, str], raw: Any, spot: Spot, path: str, doubtful: bool
) -> tuple[DataFile, list[Problem]]:
    value, problems, bad = validate(schema, raw, spot, path)
    gone: frozenset[Path] = frozenset()
    if bad:
        value, spot, gone = pruned(schema, value, spot, bad)
    nameless = doubtful or any(len(where) <= _ITEM for where in gone)
    return DataFile(path, schema.kind, names, value, spot, doubtful or bool(gone), nameless), problems


_ITEM = 2
"""The length of the path to an item of a file's list: what is deeper has no name that others refer to."""


def _bad_names(path: str, names: Mapping[str, str]) -> Iterator[Problem]:
    for name in names.values():
        if SCALAR_TYPES["id"].refuses(name):
            message = f"「{name}」は id に使えない名です"
            yield Problem(Source(path), "FIL002", message, "英数字・かな・漢字を - でつないだ名にしてください")
    if names.get("contract") in RESERVED:
        message = f"「{names['contract']}」はサイトが使う名なので、契約の id にできません"
        yield Problem(Source(path), "FIL002", message, "フォルダーを別の名にしてください")


RESERVED = ("assets", "calendars", "deliverables", "search")
"""Folders of the built site beside those of the contracts."""


def _unread(path: str, schema: Schema, names: Mapping[str, str]) -> DataFile:
    return DataFile(path, schema.kind, names, None, Spot(1, 1), lost=True, nameless=True)


def _is_untold(path: str, schemas: Schemas) -> bool:
    """Whether a file is a record of a kind whose own schema is wrong, which is said there."""
    return any(f"/{kind}/" in path for kind in schemas.broken)


def _meant(path: str, schemas: Schemas) -> DataFile | None:
    """A slip of a file's name: the file it was meant to be is not missing, but not read either."""
    right = meant(path, schemas)
    match = schemas.of(right) if right else None
    return _unread(right, *match) if right and match else None


def _why_unreadable(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "リンクの先がありません"
    return str(error.strerror) if isinstance(error, OSError) else str(error)


_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What a file's name may hold on disk but no report can show: control characters, bytes that are not UTF-8."""


def _unwritable(path: str) -> Problem:
    shown = _UNWRITABLE.sub("�", path)
    return Problem(Source(shown), "FIL002", "ファイル名に使えない文字があります", "英数字とハイフンの名にしてください")
