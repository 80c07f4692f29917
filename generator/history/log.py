"""git's log, read once: which commit touched which of today's files, renames followed."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.intake.repository import Repository


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the log."""

    id: str
    date: dt.date
    """The author's day, in the author's own time zone."""
    author: str
    subject: str


@dataclass(frozen=True)
class History:
    """The log by today's paths."""

    commits: tuple[Commit, ...] = ()
    """Newest first."""
    touched: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Path to the indices of the commits that touched it."""
    uncommitted: frozenset[str] = frozenset()
    shallow: bool = False
    tracked: bool = False
    """Whether the project is in git at all."""


_RECORD, _FIELD = "\x1e", "\x1f"
_HEAD = re.compile(f"[0-9a-f]{{40,64}}{_FIELD}")
_FORMAT = f"--format={_RECORD}%H{_FIELD}%aI{_FIELD}%aN{_FIELD}%s"


def read(repository: Repository | None) -> History:
    """One `git log --raw -z -M` of the project; an empty history outside git."""
    if repository is None:
        return History()
    raw = repository.log("--raw", "-z", "-M", "--no-abbrev", "--encoding=UTF-8", _FORMAT).decode(
        "utf-8", errors="replace"
    )
    commits, touched = _parse(raw, repository)
    return History(
        commits=tuple(commits),
        touched={path: tuple(indices) for path, indices in touched.items()},
        uncommitted=repository.uncommitted(),
        shallow=repository.shallow,
        tracked=True,
    )


def _parse(raw: str, repository: Repository) -> tuple[list[Commit], dict[str, list[int]]]:
    commits: list[Commit] = []
    touched: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for chunk in raw.split(_RECORD)[1:]:
        if not _HEAD.match(chunk):
            continue
        head, _, changes = chunk.partition("\0")
        commit_id, instant, author, subject = head.split(_FIELD, 3)
        commits.append(Commit(commit_id, dt.datetime.fromisoformat(instant).date(), author, subject.strip()))
        for old, new in _changes(changes):
            current = names.get(new, new)
            if old != new:
                names[old] = current
            if (own := repository.own(current)) is not None:
                touched[own].append(len(commits) - 1)
    return commits, touched


def _changes(raw: str) -> Iterator[tuple[str, str]]:
    fields = iter(raw.lstrip("\n").split("\0"))
    for entry in fields:
        entry = entry.lstrip("\n")
        if not entry.startswith(":"):
            continue
        status = entry.rsplit(" ", 1)[1]
        old = next(fields)
        yield (old, next(fields)) if status[0] in "RC" else (old, old)


def of_files(history: History, paths: Iterable[str]) -> list[Commit]:
    """The commits that touched any of the files, oldest first."""
    indices = {index for path in paths for index in history.touched.get(path, ())}
    return [history.commits[index] for index in sorted(indices, reverse=True)]
