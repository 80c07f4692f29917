"""Where a project lies in its repository, found without asking git: a check must start at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.problems import Problem


@dataclass(frozen=True)
class GitPlace:
    """A project's place in git's working tree."""

    top: Path
    """Where the working tree begins."""
    prefix: str
    """The project's folder in it: empty, or with a slash at the end."""

    @classmethod
    def of(cls, project: Path) -> GitPlace | None:
        """The place of a project, which need not be there yet; None outside git."""
        place = project.resolve()
        top = next((one for one in (place, *place.parents) if (one / ".git").exists()), None)
        if top is None:
            return None
        relative = place.relative_to(top).as_posix()
        return cls(top, "" if relative == "." else f"{relative}/")


def from_top(found: Iterable[Problem], project: Path) -> list[Problem]:
    """Problems with the paths that a host of repositories knows: they begin at the top of the repository."""
    place = GitPlace.of(project)
    prefix = place.prefix if place else ""
    return [replace(one, source=replace(one.source, path=f"{prefix}{one.source.path}")) for one in found]
