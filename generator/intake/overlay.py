"""A project as it would be with some files other than they are: what is to be written is looked at before it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.intake.portfolio import load
from generator.intake.remembered import Memory, Store
from generator.intake.tree import Tree
from generator.problems import Problem, in_order


@dataclass(frozen=True)
class Overlay:
    """A tree with files laid over it."""

    below: Tree
    laid: Mapping[str, bytes]

    def files(self, under: str) -> Iterator[str]:
        """Every file below a folder, sorted."""
        own = {path for path in self.laid if path.startswith(f"{under}/")}
        return iter(sorted({*self.below.files(under), *own}))

    def read(self, path: str) -> bytes:
        """The content of a file."""
        return self.laid[path] if path in self.laid else self.below.read(path)


class Kept:
    """A store for one run: what was read of a file need not be read again."""

    def __init__(self, before: Store | None) -> None:
        self._before, self._own = before, dict[str, bytes]()

    def get(self, name: str) -> bytes | None:
        """What was kept under a name."""
        return self._own.get(name) or (self._before.get(name) if self._before else None)

    def put(self, name: str, content: bytes) -> None:
        """Keep something until the run ends."""
        self._own[name] = content


def problems_with(tree: Tree, laid: Mapping[str, bytes], known: list[Problem], store: Store) -> list[Problem]:
    """The errors that these files would bring, beside those that are known of the tree already."""
    return added(known, load(Overlay(tree, laid), Memory(store)).problems)


def added(known: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """The errors that were not known, wherever lines have moved to."""
    before = {(p.source.path, p.code, p.message) for p in known}
    return in_order(p for p in found if p.severity == "error" and (p.source.path, p.code, p.message) not in before)
