"""git's log, read once: which commit touched which of today's files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.history import following, rawlog
from generator.history.following import Touch
from generator.history.parts import Parts
from generator.history.rawlog import RawCommit
from generator.intake.redaction import Redaction
from generator.intake.remembered import Store
from generator.intake.repository import Repository


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the log."""

    id: str
    date: dt.date
    """The author's day, in the author's own time zone."""
    author: str
    subject: str
    first: bool = False
    """Whether nothing came before it; in a clone that was cut off, nothing that is known."""
    merge: bool = False
    """Whether it brought lines of work together."""


@dataclass(frozen=True)
class History:
    """The log by today's paths."""

    commits: tuple[Commit, ...] = ()
    """Those that touched the project's files, newest first; what came by a merge as of the merge."""
    touched: Mapping[str, Sequence[Touch]] = field(default_factory=dict)
    """The changes of each file, newest first."""
    uncommitted: frozenset[str] = frozenset()
    shallow: bool = False
    tracked: bool = False
    """Whether there is any commit."""
    parts: Parts = field(default_factory=Parts, compare=False, repr=False)
    """What each change of a data file changed in it."""
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Editions that were asked for before: documents told by the same files share them."""
    redaction: Redaction | None = None
    """What is left out of it, and of whatever is read by it; None where everything is told."""


def read(repository: Repository | None, store: Store | None = None) -> History:
    """One `git log` of the project, or of what is new since `store` was filled; an empty history outside git."""
    if repository is None:
        return History()
    commits, touched = following.touches(rawlog.read(repository, store), repository.own)
    return History(
        commits=tuple(_commit(commit) for commit in commits),
        touched=touched,
        uncommitted=repository.uncommitted(),
        shallow=repository.shallow,
        tracked=True,
        parts=Parts(repository, store, touched),
    )


def _commit(raw: RawCommit) -> Commit:
    return Commit(raw.id, raw.date, raw.author, raw.subject, not raw.parents, len(raw.parents) > 1)


def of_files(history: History, paths: Iterable[str]) -> list[Commit]:
    """The commits that touched any of the files, oldest first."""
    places = {touch.commit for path in paths for touch in history.touched.get(path, ())}
    return [history.commits[place] for place in sorted(places, reverse=True)]
