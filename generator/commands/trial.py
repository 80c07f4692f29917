"""A change of the data tried in a copy of the project: what `nohin check` would say of it, before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.intake.overlay import Kept
from generator.intake.remembered import Memory
from generator.intake.tree import inside
from generator.outputs.cache import Cache
from generator.outputs.folders import write
from generator.problems import NohinError, Problem

if TYPE_CHECKING:
    from generator.checking import Checked

_COPIED = ("data", "schemas", "templates")
"""What a check looks at. History is left out: it does not change with what is tried."""


@dataclass(frozen=True)
class Trial:
    """A copy of a project, as it was and as it would be."""

    place: Path
    store: Kept
    before: Checked

    def after(self, contents: Mapping[str, bytes | None]) -> tuple[Checked, list[Problem]]:
        """The project with some files other than they are, and the problems that it did not have before."""
        if not contents:
            return self.before, []
        put(self.place, contents)
        after = _checked(self.place, self.store)
        return after, _new(self.before.problems, after.problems)


@contextmanager
def trial(project: Path) -> Iterator[Trial]:
    """A copy of a project that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="nohin-") as folder:
        place = Path(folder) / project.name
        for name in _COPIED:
            if (project / name).is_dir():
                shutil.copytree(project / name, place / name, symlinks=True)
        store = Kept(Cache.existing(project, "data"))
        yield Trial(place, store, _checked(place, store))


def _checked(place: Path, store: Kept) -> Checked:
    from generator.checking import check

    memory = Memory(store)
    checked = check(place, memory)
    memory.save()
    return checked


def _new(before: list[Problem], after: list[Problem]) -> list[Problem]:
    """The problems that are new; one that only stands on another line now is not."""
    left = Counter((p.source.path, p.code, p.message) for p in before)
    found = []
    for problem in after:
        name = (problem.source.path, problem.code, problem.message)
        left[name] -= 1
        if left[name] < 0:
            found.append(problem)
    return found


def put(project: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write files of a project, all or none; None takes a file away."""
    before = {path: _content(inside(project, path)) for path in contents}
    try:
        for path, content in contents.items():
            _put(inside(project, path), content)
    except (OSError, NohinError):
        for path, content in before.items():
            _put(inside(project, path), content)
        raise


def _content(place: Path) -> bytes | None:
    return place.read_bytes() if place.is_file() else None


def _put(place: Path, content: bytes | None) -> None:
    if content is None:
        place.unlink(missing_ok=True)
    else:
        write(place, content)
