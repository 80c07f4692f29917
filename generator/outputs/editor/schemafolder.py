"""The folder of a project's JSON Schemas: written, renewed, and found for one file."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePath
from typing import Any

from generator.intake.schema import load_schemas
from generator.intake.tree import inside
from generator.outputs.editor.schemafiles import index, listed, place_of, read
from generator.outputs.folders import WORK, work, write
from generator.problems import NohinError

SCHEMAS = "schemas"
FOLDER = f"{WORK}/{SCHEMAS}"
"""Where they are kept unless another folder is asked for: made from the data, so git and other people need none of it."""

INDEX = "nohin.json"
"""For the YAML language server of VS Code and most editors: one schema for all data files, so that settings need one
line for ever."""

LIST = "files.json"
"""For other tools: each schema with the files it is for."""


def folder_of(project: Path, out: Path | None = None) -> Path:
    """The folder of the schemas; NohinError where one that was asked for holds something else."""
    if out is None:
        return work(project, SCHEMAS)
    if out.exists() and not (out / LIST).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise NohinError(f"{out} には nohin が作ったのではないものがあります。空のフォルダーを指してください")
    return out.resolve()


def _said(content: Any) -> bytes:
    """A file of JSON: the same bytes for the same content."""
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def renew(project: Path, folder: Path) -> list[str]:
    """Write the schemas of a project, take away those that are for nothing any more, and return their names.

    What is the same stays untouched, so that an editor reads again only what is new.
    """
    files = read(project)
    wanted = {file.path: _said(file.content) for file in files} | {INDEX: _said(index(files))}
    for name in sorted(_written(folder) - set(wanted)):
        (folder / name).unlink()
    for name, content in {**wanted, LIST: _said(listed(files))}.items():
        place = inside(folder, name)
        if not place.is_file() or place.read_bytes() != content:
            write(place, content)
    return sorted([*wanted, LIST])


def keep_fresh(project: Path) -> None:
    """Renew the schemas an editor completes from, where there are any: names that came are then suggested."""
    if (project / FOLDER / INDEX).is_file():
        renew(project, folder_of(project))


def _written(folder: Path) -> set[str]:
    """What was written before, by the list that was written with it; nothing outside the folder."""
    try:
        names = {str(one["schema"]) for one in json.loads((folder / LIST).read_bytes())}
    except (OSError, ValueError, TypeError, KeyError):
        return set()
    places = {name: (folder / name).resolve() for name in names if name.endswith(".json")}
    return {name for name, place in places.items() if place.is_relative_to(folder.resolve()) and place.is_file()}


def schema_for(path: str, folder: Path) -> Path:
    """The schema of a data file by its path below the project; NohinError where there is none for it."""
    match = load_schemas().of(path)
    if match is None or path.endswith(".md"):
        raise NohinError(f"{path} は data/ の YAML ではありません")
    schema, names = match
    own = folder / place_of(schema, names)
    return own if own.is_file() else folder / place_of(schema, {})


def modeline(path: str, project: Path, folder: Path) -> str:
    """The first line of a data file that names its schema, for editors that are not told by settings."""
    place = os.path.relpath(schema_for(path, folder), (project / path).parent)
    return f"# yaml-language-server: $schema={PurePath(place).as_posix()}"
