"""A contract as it stood: its own data files and the shared ones it uses, at a commit or in the working tree.

At a commit only the contents that have not been met before are read: what did not change is the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.history.comparison import Change, compare
from generator.history.filepairs import paired
from generator.intake.datafiles import DATA, DataFile, read_all
from generator.intake.portfolio import assemble
from generator.intake.reach import contract_of
from generator.intake.redaction import Redaction
from generator.intake.remembered import Memory
from generator.intake.repository import Repository
from generator.intake.schema import load_schemas
from generator.model import Contract

SHARED = ("authority", "vendor", "terms")
"""Kinds of data file that belong to no contract."""


@dataclass(frozen=True)
class State:
    """A contract with the files it was made of."""

    contract: Contract
    files: tuple[DataFile, ...]


def states(files: Sequence[DataFile], contracts: Mapping[str, Contract]) -> dict[str, State]:
    """The contracts that were made of a set of files."""
    found = {}
    for name, contract in contracts.items():
        shared = {record.source.path for record in (contract.authority, contract.vendor, *contract.terms)}
        own = (file for file in files if file.names.get("contract") == name or file.path in shared)
        found[name] = State(contract, tuple(own))
    return found


def changes(before: State | None, after: State | None) -> tuple[list[Change], dict[str, tuple[Any, Any]]]:
    """What differs between two states of a contract, and the contents of what differs by the path that a change names.

    A contract that is new or gone is one change.
    """
    old, new = (list(state.files) if state else [] for state in (before, after))
    if before is None or after is None:
        old, new = ([file for file in side if file.kind == "contract"] for side in (old, new))
    return differing(old, new)


def differing(before: Sequence[DataFile], after: Sequence[DataFile]) -> tuple[list[Change], dict[str, tuple[Any, Any]]]:
    """The same of files. Only those are looked into that are not the same on both sides."""
    there = {file.path: file for file in before}
    same = {f.path for f in after if f.path in there and (there[f.path] is f or there[f.path].value == f.value)}
    old, new = ([file for file in side if file.path not in same] for side in (before, after))
    contents = {}
    for pair in paired(old, new):
        file = pair.after or pair.before
        if file is not None:
            contents[file.path] = (pair.before and pair.before.value, pair.after and pair.after.value)
    return sorted(compare(old, new), key=_order), contents


ORDER = ("contract", "clauses", "deliverables", "staff", "plan", "checklist", "submissions", *SHARED)
"""The kinds of data file in the order of a reader's interest; records come last."""


def _order(change: Change) -> int:
    return ORDER.index(change.kind) if change.kind in ORDER else len(ORDER)


def partners(before: Sequence[DataFile], after: Sequence[DataFile]) -> list[tuple[str | None, str | None]]:
    """The id of every contract before and after, once; None where it is not there. Who was renamed is known again."""
    found = []
    for pair in paired(before, after):
        was, now = (
            file.names["contract"] if file and file.kind == "contract" else None for file in (pair.before, pair.after)
        )
        found += [(was, now)] if was or now else []
    return found


# --- at a commit -------------------------------------------------------------------------------------------


@dataclass
class Snapshots:
    """The contracts of a repository at its commits."""

    repository: Repository
    redaction: Redaction | None = None
    """What is left out of them; None where everything is told."""
    _files: dict[tuple[str, str], DataFile | None] = field(default_factory=dict)
    _blobs: dict[str, dict[str, str]] = field(default_factory=dict)
    _states: dict[tuple[str, str], State | None] = field(default_factory=dict)

    @classmethod
    def after(cls, earlier: Snapshots | None, repository: Repository, redaction: Redaction | None) -> Snapshots:
        """The snapshots of the repository as it is now, with what earlier ones read: commits do not change.

        Where something else is left out, nothing of it holds.
        """
        if earlier is None or _left_out(earlier.redaction) != _left_out(redaction):
            return cls(repository, redaction)
        return replace(earlier, repository=repository, redaction=redaction)

    def know(self, files: Iterable[DataFile], changed: frozenset[str]) -> None:
        """Take what the working tree gave: every file of it that is as it was committed."""
        blobs = self.blobs(self.repository.head)
        for file in files:
            if file.path in blobs and file.path not in changed:
                self._files[file.path, blobs[file.path]] = file

    def blobs(self, commit: str) -> dict[str, str]:
        """The data files of a commit, path to the id of the content."""
        if commit not in self._blobs:
            found = self.repository.blobs(commit, DATA)
            told = {self.redaction.path(path): blob for path, blob in found.items()} if self.redaction else found
            self._blobs[commit] = dict(sorted(told.items()))
        return self._blobs[commit]

    def state(self, commit: str | None, contract: str) -> State | None:
        """A contract at a commit; None where it was not there, or no commit is given."""
        if commit is None:
            return None
        if (commit, contract) not in self._states:
            self._states[commit, contract] = self._made(commit, contract)
        return self._states[commit, contract]

    def name_at(self, commit: str, names: Sequence[str]) -> str:
        """Of the ids that a contract has borne, newest first, the one it bore at a commit."""
        there = {contract_of(path) for path in self.blobs(commit)}
        return next((name for name in names if name in there), names[0])

    def _made(self, commit: str, contract: str) -> State | None:
        blobs = {path: blob for path, blob in self.blobs(commit).items() if contract_of(path) in (contract, None)}
        self._read(blobs)
        files = [file for place in blobs.items() if (file := self._files[place]) is not None]
        portfolio = self.redaction.assembled(files) if self.redaction else assemble(files)[0]
        return states(files, portfolio.contracts).get(contract)

    def _read(self, blobs: Mapping[str, str]) -> None:
        new = {path: blob for path, blob in blobs.items() if (path, blob) not in self._files}
        self._files.update(dict.fromkeys(new.items()))
        contents = zip(new, self.repository.contents(new.values()), strict=True) if new else ()
        tree = _Some({path: content for path, content in contents if content is not None})
        found, _ = read_all(tree, load_schemas(), Memory(None))
        told = (self.redaction.file(file) if self.redaction else file for file in found)
        self._files.update({(file.path, new[file.path]): file for file in told if file.path in new})


def _left_out(redaction: Redaction | None) -> str:
    return redaction.fingerprint if redaction else ""


@dataclass(frozen=True)
class _Some:
    """Some of a commit's files, as a tree."""

    contents: Mapping[str, bytes]

    def files(self, under: str) -> Iterator[str]:
        return iter(sorted(path for path in self.contents if path.startswith(f"{under}/")))

    def read(self, path: str) -> bytes:
        return self.contents[path]
