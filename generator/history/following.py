"""Which commit touched which of today's files: the log walked from today backwards, once.

Each commit hands on to its parents what its files are called today, and which of them to follow: renames are followed
on every branch, and what a merge took from one side is followed on that side only, as `git log FILE` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.history.rawlog import Entry, RawCommit


class Blob(NamedTuple):
    """A file's content at a commit: its path then, and the id of the content."""

    path: str
    id: str


class Touch(NamedTuple):
    """One change of a file."""

    commit: int
    """The commit's place among those that touched anything, newest first."""
    before: tuple[Blob, ...]
    """What it was, one for each parent that has it; empty where the file is new."""
    after: Blob | None
    """None where the file was taken away."""


Names = Mapping[str, str | None]
"""What a path is called today, where it is called otherwise; None for a file that is gone."""


@dataclass(frozen=True, slots=True)
class _Followed:
    """The files to follow: those named, or all but those named."""

    names: frozenset[str] = frozenset()
    all_but: bool = True

    def __contains__(self, name: str) -> bool:
        return (name in self.names) != self.all_but

    def or_(self, other: _Followed) -> _Followed:
        """What either follows. Of two that meet, one at most follows all but some: the main line is one line."""
        if self.all_but or other.all_but:
            most, few = (self, other) if self.all_but else (other, self)
            return _Followed(most.names - few.names)
        return _Followed(self.names | other.names, all_but=False)

    def without(self, names: set[str]) -> _Followed:
        return _Followed(self.names | names if self.all_but else self.names - names, self.all_but)

    def only(self, names: set[str]) -> _Followed:
        return _Followed(frozenset(name for name in names if name in self), all_but=False)


@dataclass(frozen=True, slots=True)
class _State:
    """What a commit is told by those that rest on it."""

    names: Names
    followed: _Followed

    def called(self, entry: Entry) -> str | None:
        """Today's name of a file that differs; None where it is not followed."""
        name = self.names.get(entry.new, entry.new)
        return name if name is not None and name in self.followed else None

    def and_(self, other: _State) -> _State:
        if self is other:
            return self
        names = self.names if self.names == other.names else {**other.names, **self.names}
        return _State(names, self.followed.or_(other.followed))

    def before(self, entries: Sequence[Entry], followed: _Followed | None = None) -> _State:
        """The same for a parent that differs in these files."""
        moved = [entry for entry in entries if entry.old != entry.new]
        if not moved:
            return self if followed is None else _State(self.names, followed)
        gone: Names = {entry.new: None for entry in moved}
        names = {**self.names, **gone, **{entry.old: self.names.get(entry.new, entry.new) for entry in moved}}
        return _State(names, self.followed if followed is None else followed)


Own = Callable[[str], "str | None"]
"""A path of the repository as the project's own; None outside it."""


def touches(commits: Sequence[RawCommit], own: Own) -> tuple[list[RawCommit], dict[str, list[Touch]]]:
    """The commits that touched the project's files, newest first, and the changes of each file by today's name of it.

    `commits` stand after their parents. Changes are newest first, as the commits are.
    """
    used: list[RawCommit] = []
    found: dict[str, list[Touch]] = defaultdict(list)
    states: dict[str, _State] = {}
    for commit in reversed(commits):
        state = states.pop(commit.id, _State({}, _Followed()))
        changed = list(_merge(commit, state, states) if len(commit.parents) > 1 else _plain(commit, state, states))
        inside = False
        for today, entries in changed:
            if (name := own(today)) is not None:
                found[name].append(_touch(len(used), entries, own))
                inside = True
        used += [commit] if inside else []
    return used, dict(found)


def _touch(commit: int, entries: Sequence[Entry], own: Own) -> Touch:
    """A file that lay outside of the project once keeps its path in the repository."""
    path = own(entries[0].new) or entries[0].new
    before = tuple(Blob(own(e.old) or e.old if e.old != e.new else path, e.before) for e in entries if e.before)
    return Touch(commit, before, Blob(path, entries[0].after) if entries[0].after else None)


Changed = Iterator[tuple[str, Sequence[Entry]]]
"""A file by today's name, and what differs in it from each parent."""


def _plain(commit: RawCommit, state: _State, states: dict[str, _State]) -> Changed:
    for parent in commit.parents:
        _tell(states, parent, state.before(commit.differs[0]))
    for entry in commit.differs[0]:
        if (name := state.called(entry)) is not None:
            yield name, (entry,)


def _merge(commit: RawCommit, state: _State, states: dict[str, _State]) -> Changed:
    """What a merge changed itself; each file is followed on the side it is from, on all sides where it is mixed."""
    sides = [
        {name: entry for entry in entries if (name := state.called(entry)) is not None} for entries in commit.differs
    ]
    mixed = set.intersection(*map(set, sides))
    earlier: set[str] | None = None
    for parent, side, entries in zip(commit.parents, sides, commit.differs, strict=True):
        absent = {name for name in mixed if not side[name].before and any(s[name].before for s in sides)}
        if earlier is None:
            followed = state.followed.without((set(side) - mixed) | absent)
        else:
            followed = state.followed.only((earlier - set(side)) | (mixed - absent))
        earlier = set(side) if earlier is None else earlier & set(side)
        _tell(states, parent, state.before(entries, followed))
    for name in sorted(mixed):
        if sides[0][name].new in commit.itself:
            yield name, [side[name] for side in sides]


def _tell(states: dict[str, _State], commit: str, state: _State) -> None:
    """What is told to a commit by all that rest on it, put together."""
    states[commit] = states[commit].and_(state) if commit in states else state
