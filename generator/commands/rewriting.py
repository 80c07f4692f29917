"""Data files written anew by a command: all of them, and only where they bring no error."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path

from generator.checking import check
from generator.intake.overlay import Kept, added, problems_with
from generator.intake.tree import WorkingTree, inside
from generator.outputs.cache import Cache
from generator.outputs.folders import write
from generator.problems import Problem


def rewritten(place: Path, changed: Mapping[str, bytes], known: list[Problem], as_of: dt.date) -> list[Problem]:
    """Write files; where that brings an error that is not known, put all back as it was and return the errors."""
    store = Kept(Cache.existing(place, "data"))
    if found := problems_with(WorkingTree(place), changed, known, store):
        return found
    before = {path: inside(place, path).read_bytes() for path in changed}
    put_all(place, changed)
    brought = added(known, check(place, as_of=as_of).problems)
    if brought:
        put_all(place, before)
    return brought


def put_all(place: Path, changed: Mapping[str, bytes]) -> None:
    """Write files that are there, each whole, with the rights that it had."""
    for path, content in changed.items():
        file = inside(place, path)
        mode = file.stat().st_mode
        write(file, content)
        os.chmod(file, mode)
