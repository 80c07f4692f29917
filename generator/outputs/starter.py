"""A new project: the files of templates/project/, copied into an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.documents.templates import shipped_templates
from generator.outputs.editor import schemafolder, settings
from generator.outputs.folders import write
from generator.problems import NohinError

RENAMED = {"gitignore": ".gitignore"}
"""Names that would mean something to git or the wheel where they are kept."""

GUIDES = (
    *("deadlines", "document-kinds", "record-kinds", "design-books", "examples", "running-contracts"),
    *("writing-records", "editor", "excel", "per-deadline", "problems"),
)
SHARED = ("mkdocs.yml", *(f"docs/{name}.md" for name in GUIDES))
"""Files that this repository and a new project have in common: the wheel puts them among the starter files."""

KEEP_SITE = "# 出力。git には入れない。\n*\n!.gitignore\n"


def make_project(target: Path) -> list[str]:
    """Write the starter files and return their names; NohinError where anything but a new repository is in the folder.

    The schemas that an editor needs are kept with the caches and have no place among the names.
    """
    if target.exists() and (not target.is_dir() or any(one.name != ".git" for one in target.iterdir())):
        raise NohinError(f"{target} は空ではありません。新しいフォルダーの名を書いてください")
    files = dict(_starter())
    for name, content in files.items():
        write(target / name, content)
    place = target.resolve()
    schemafolder.renew(place, schemafolder.folder_of(place))
    return sorted(files)


def _starter() -> Iterator[tuple[str, bytes]]:
    folder = shipped_templates() / "project"
    for place in sorted(folder.rglob("*")):
        if place.is_file():
            name = place.relative_to(folder).as_posix()
            yield RENAMED.get(name, name), place.read_bytes()
    for name in SHARED:
        if not (folder / name).is_file():
            yield name, (shipped_templates().parent / name).read_bytes()
    yield "site/.gitignore", KEEP_SITE.encode()
    for name, text in settings.new(schemafolder.FOLDER).items():
        yield name, text.encode()
