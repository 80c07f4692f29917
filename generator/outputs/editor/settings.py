"""The settings of VS Code that point to a project's schemas: put into what is there, which stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.intake.tree import inside
from generator.outputs.editor import jsonc
from generator.outputs.editor.schemafolder import INDEX
from generator.outputs.folders import write
from generator.problems import NohinError

SETTINGS, EXTENSIONS = ".vscode/settings.json", ".vscode/extensions.json"
SCHEMAS = "yaml.schemas"
DATA = "data/**/*.yml"
"""The files of a project that have schemas."""

EXTENSION = "redhat.vscode-yaml"
"""The extension that runs the YAML language server."""


@dataclass(frozen=True)
class Refused:
    """A file that was left alone: why, and what has to be written into it by hand."""

    path: str
    why: str
    text: str


def new(schemas: str) -> dict[str, str]:
    """The settings of a project that has none; `schemas`: the folder of the schemas below the project."""
    return {path: _changed("{}", path, schemas) + "\n" for path in (EXTENSIONS, SETTINGS)}


def put(project: Path, schemas: str) -> tuple[list[str], list[Refused]]:
    """Put the settings into a project: the files that were written, and those that have to be changed by hand."""
    written: list[str] = []
    refused: list[Refused] = []
    for path, wanted in new(schemas).items():
        place = inside(project, path)
        try:
            old = place.read_bytes().decode() if place.exists() else None
            text = wanted if old is None or not old.strip() else _changed(old, path, schemas)
        except (jsonc.Unreadable, UnicodeDecodeError) as error:
            why = str(error) if isinstance(error, jsonc.Unreadable) else "UTF-8 ではありません"
            refused.append(Refused(path, why, wanted))
            continue
        if text != old:
            write(place, text.encode())
            written.append(path)
    return written, refused


def wired(project: Path, schemas: str) -> bool:
    """Whether the settings point to the schemas already."""
    try:
        text = inside(project, SETTINGS).read_bytes().decode()
        return text == _changed(text, SETTINGS, schemas)
    except (OSError, ValueError, NohinError):
        return False


def _changed(text: str, path: str, schemas: str) -> str:
    if path == EXTENSIONS:
        return jsonc.with_item(text, "recommendations", EXTENSION)
    return jsonc.with_value(text, [SCHEMAS, f"./{schemas}/{INDEX}"], DATA)
