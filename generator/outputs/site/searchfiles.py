"""The files of the search: the index that our worker loads, and the empty one that the theme asks for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.outputs import folders
from generator.outputs.site import searchindex
from generator.outputs.site.searchindex import Entry


def read(target: Path) -> list[Entry]:
    """Everything that the index below `target` finds, in order; nothing where there is none."""
    place = target / searchindex.INDEX
    return searchindex.read(place.read_bytes()) if place.is_file() else []


def write(found: Iterable[Entry], target: Path) -> None:
    """Write the index of everything found, in the order given, below `target`."""
    folders.write_new(target / searchindex.INDEX, searchindex.script(found))
    for path, content in searchindex.stub().items():
        folders.write_new(target / path, content)
