"""The two sides of a preview, made comparable: what is broken on one of them is taken for unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.documents.kinds import FOLDER, Kind, publishable
from generator.documents.render import Sandbox
from generator.history import redacted
from generator.intake.datafiles import DATA, DataFile
from generator.intake.portfolio import Loaded, assemble
from generator.intake.reach import contract_of, is_inside
from generator.intake.redaction import Redaction
from generator.intake.tree import WorkingTree
from generator.outputs.difference.difference import Side
from generator.problems import NohinError, Problem

_PICTURES = (".png", ".jpg", ".jpeg")
_TEMPLATES = "templates/"


@dataclass(frozen=True)
class Stand:
    """A state of the project that was looked at."""

    side: Side
    place: Path
    """Where its files lie."""
    kinds: Mapping[str, Kind]
    env: Sandbox
    problems: Sequence[Problem] = ()
    public: bool = False
    """Whether it is as everybody may read it."""

    @property
    def loaded(self) -> Loaded:
        """Its data."""
        return self.side.loaded

    @property
    def broken(self) -> frozenset[str]:
        """The data files of which not all could be taken as it is written."""
        lost = {file.path for file in self.loaded.files if file.lost}
        wrong = {one.source.path for one in self.problems if one.severity == "error" and one.code.startswith(_OF_FORM)}
        return frozenset(lost | wrong)

    def with_data(self, loaded: Loaded) -> Stand:
        """The same of other data."""
        return replace(self, side=replace(self.side, loaded=loaded))

    def published(self, redaction: Redaction) -> Stand:
        """The same as everybody may read it."""
        told = self.with_data(redacted.loaded(self.loaded, redaction))
        return replace(told, kinds=publishable(self.kinds), public=True)


@dataclass(frozen=True)
class Taken:
    """Two sides of which nothing is compared that either has broken."""

    before: Stand
    after: Stand
    changed: frozenset[str]
    """The files that differ."""
    broken: tuple[str, ...] = ()
    """The files that are broken before or after, so that nothing is said of what changed in them."""

    def published(self, redaction: Redaction) -> Taken:
        """The same as everybody may read it."""
        return replace(self, before=self.before.published(redaction), after=self.after.published(redaction))

    @property
    def templates(self) -> frozenset[str]:
        """The templates that differ, by their names."""
        return frozenset(path.removeprefix(_TEMPLATES) for path in self.changed if path.startswith(_TEMPLATES))

    def pictures_of(self, contract: str) -> bool:
        """Whether pictures of a contract differ."""
        return any(contract_of(path) == contract and path.lower().endswith(_PICTURES) for path in self.changed)


def differing(before: Path, after: Path, contract: str | None = None) -> frozenset[str]:
    """The files of data and templates that are not the same on both sides; of one contract, what it can use.

    NohinError where neither side has the contract.
    """
    old, new = (_contents(place) for place in (before, after))
    ids = {one for path in (*old, *new) if (one := contract_of(path)) is not None}
    if contract is not None and contract not in ids:
        raise NohinError(f"契約「{contract}」がありません。あるのは: {'、'.join(sorted(ids))}")
    found = frozenset(path for path in {*old, *new} if old.get(path) != new.get(path))
    return found if contract is None else frozenset(path for path in found if is_inside(path, (contract,)))


def _contents(place: Path) -> dict[str, bytes | None]:
    """The files by path; None for what cannot be read: the check tells that."""
    tree = WorkingTree(place)
    return {path: _read(tree, path) for folder in (DATA, "schemas", _TEMPLATES[:-1]) for path in tree.files(folder)}


def _read(tree: WorkingTree, path: str) -> bytes | None:
    try:
        return tree.read(path)
    except (OSError, NohinError):
        return None


def taken(before: Stand, after: Stand, changed: frozenset[str]) -> Taken:
    """Both sides, a file that is broken on one of them as it is on the other; what is new and broken as far as it goes."""
    broken = (before.broken, after.broken)
    if not any(broken):
        return Taken(before, after, changed)
    old, new = ({file.path: file for file in one.loaded.files} for one in (before, after))
    earlier = [old[path] if path not in broken[0] - broken[1] else new.get(path, old[path]) for path in old]
    later = [new[path] if path not in broken[1] else old.get(path, new[path]) for path in new]
    sides = (before.with_data(_assembled(before.loaded, earlier)), after.with_data(_assembled(after.loaded, later)))
    return Taken(*sides, changed, tuple(sorted(broken[0] | broken[1])))


_OF_FORM = ("YML", "SCH")
"""What the codes of those problems begin with that a file has by itself."""


def _assembled(loaded: Loaded, files: list[DataFile]) -> Loaded:
    portfolio, _ = assemble(files)
    known = loaded.portfolio.contracts
    contracts = {
        name: replace(one, effects=known[name].effects) if name in known else one
        for name, one in portfolio.contracts.items()
    }
    return replace(loaded, files=files, portfolio=replace(portfolio, contracts=contracts))


def worded_by(templates: frozenset[str], kind: Kind) -> bool:
    """Whether templates that differ can make a document of a kind say something else."""
    words = {name for name in templates if name.endswith(".j2") and not name.startswith("site/")}
    return any(name == kind.template or not name.startswith(f"{FOLDER}/") for name in words)
