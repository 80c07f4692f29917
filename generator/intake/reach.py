"""What some files can break: the contracts they belong to, and of shared files those that use them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.intake.datafiles import DATA, DataFile
from generator.intake.schema import MANUALS
from generator.intake.tree import Tree

_CONTRACTS = f"{DATA}/contracts/"
_TEMPLATES = "templates/"
_SCHEMAS = "schemas/"
_OF_HISTORY = (f"/{MANUALS}/", "/design/", "/records/changes/")
"""What the history of a design is judged by."""


@dataclass(frozen=True)
class Reach:
    """How far some files reach."""

    files: frozenset[str]
    """The files themselves, gone ones too."""
    contracts: frozenset[str]
    """The contracts that can break by them."""
    shared: frozenset[str]
    """The shared files that these contracts use, and those that name one of the files."""

    @classmethod
    def of(cls, files: Iterable[str], there: Iterable[DataFile]) -> Reach:
        """How far `files` reach among the data that is there."""
        asked = frozenset(files)
        named = {file.path: frozenset(_named(file)) for file in there if file.kind in ("contract", "terms")}
        everywhere = any(path.startswith((_TEMPLATES, _SCHEMAS)) for path in asked)
        naming = {path for path, names in named.items() if everywhere or not names.isdisjoint(asked)}
        contracts = frozenset(filter(None, map(contract_of, asked | naming)))
        shared = (names for path, names in named.items() if contract_of(path) in contracts)
        return cls(asked, contracts, frozenset(naming).union(*shared))

    def holds(self, path: str) -> bool:
        """Whether a problem in a file can come of them."""
        return path in self.files | self.shared or contract_of(path) in self.contracts or self._is_theirs(path)

    def _is_theirs(self, path: str) -> bool:
        """A template's problem counts where templates are among them."""
        return path.startswith(_TEMPLATES) and any(one.startswith(_TEMPLATES) for one in self.files)

    def needs_history(self, contract: str, whole: bool) -> bool:
        """Whether a contract has to be looked at with the history of its design: where the files can be at odds with
        what it says, or where the `whole` of what they reach is to be known."""
        own = f"{_CONTRACTS}{contract}/"
        of_design = (path for path in self.files if path.startswith(own) and any(part in path for part in _OF_HISTORY))
        return any(of_design) or (whole and contract in self.contracts)


@dataclass(frozen=True)
class Within:
    """The files of a tree but for those of other contracts."""

    tree: Tree
    contracts: Collection[str] | None
    """The contracts that are looked into; None for all."""

    def files(self, under: str) -> Iterator[str]:
        """Every file below a folder, sorted."""
        return (path for path in self.tree.files(under) if is_inside(path, self.contracts))

    def read(self, path: str) -> bytes:
        """The content of a file."""
        return self.tree.read(path)


def contract_of(path: str) -> str | None:
    """The contract that a file lies in."""
    name, slash, _ = path.removeprefix(_CONTRACTS).partition("/")
    return name if slash and path.startswith(_CONTRACTS) else None


def looked_into(files: Iterable[str]) -> frozenset[str] | None:
    """The contracts whose folders have to be read to judge some files; None for all: something shared is among them."""
    names = {contract_of(path) for path in files}
    return None if None in names else frozenset(name for name in names if name)


def is_inside(path: str, contracts: Collection[str] | None) -> bool:
    """Whether a file lies in one of these contracts or in none; None for all contracts."""
    own = contract_of(path)
    return contracts is None or own is None or own in contracts


def _named(file: DataFile) -> Iterator[str]:
    """The shared files that a contract or some terms name, be they there or not."""
    said: Mapping[str, Any] = file.value or {}
    yield from (f"{DATA}/{folder}/{said[key]}.yml" for key, folder in _SHARED if said.get(key))
    yield from (f"{DATA}/terms/{one['terms']}.yml" for one in said.get("terms") or ())


_SHARED = (("authority", "authorities"), ("vendor", "vendors"), ("issuer", "authorities"))
