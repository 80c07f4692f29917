"""A project's data as everybody may read it: what is personal is left out before anything is made of it.

Values of fields that their schema marks give way to 「非公開」, people get other ids in the order in which they came, and
what is known to be personal is masked wherever a free text repeats it. So whatever is made of the data afterwards cannot
tell it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Any

from generator.intake.datafiles import DATA, DataFile
from generator.intake.masking import HIDDEN, Masks, masks
from generator.intake.personal import TEXTS, Content, Place, rebuilt
from generator.intake.portfolio import assemble
from generator.intake.schema import MANUALS, RECORDS, Schema, kept_by_schemas, load_schemas
from generator.intake.tree import Tree
from generator.model import Contract, Portfolio

SOMEBODY = "person"
"""What the ids begin with that stand for the ids of people."""


@dataclass(frozen=True)
class Redaction:
    """What is left out, and what stands in its place: the same everywhere and at all times of a project."""

    masks: Masks
    people: Mapping[str, str]
    """What stands for the ids of people."""

    @classmethod
    def of(cls, contents: Sequence[Content], paths: Iterable[str] = ()) -> Redaction:
        """What to leave out, of what files say that were read in this order, and of their paths, now and before."""
        known = list(dict.fromkeys(paths))
        stems = [stem for path in known if (stem := _stem(path)) is not None]
        folders = {
            part for path in known for part in (path if _stem(path) is None else path.rpartition("/")[0]).split("/")
        }
        taken = {*stems, *(name for content in contents for name in content.ids)}
        free = (name for number in count(1) if (name := f"{SOMEBODY}-{number}") not in taken)
        ids = dict.fromkeys(name for content in contents for name in content.people)
        ids |= dict.fromkeys(name for content in contents for name in content.named)
        people = dict(zip(ids, free, strict=False))
        return cls(masks(contents, people, stems, sorted(folders)), people)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever something else is left out."""
        said = (self.masks.fingerprint, *map(str, self.people.items()))
        return hashlib.sha256("\0".join(said).encode()).hexdigest()

    def text(self, text: str) -> str:
        """A text without what is personal in it."""
        return self.masks.text(text)

    def path(self, path: str) -> str:
        """The path of a data file; that of a record or a chapter may name somebody."""
        stem = _stem(path)
        if stem is None:
            return path
        folder, _, name = path.rpartition("/")
        return f"{folder}/{self.text(stem)}{name[len(stem) :]}"

    def file(self, file: DataFile) -> DataFile:
        """A data file."""
        path, schema = self.path(file.path), load_schemas().by_kind[file.kind]
        names = file.names if path == file.path else {**file.names, "id": str(_stem(path))}
        return replace(file, path=path, names=names, value=self.value(schema, file.value))

    def value(self, schema: Schema, value: Any, steps: Sequence[str] = ()) -> Any:
        """The accepted value of a file, or of what lies in it at the end of `steps`."""
        return rebuilt(schema, value, self._changed, steps)

    def _changed(self, place: Place, value: Any) -> Any:
        if place.personal:
            return _hidden(place, value)
        if place.names_somebody:
            return self.people.get(str(value), SOMEBODY)
        if not isinstance(value, str) or "allowed" in place.rule or "regex" in place.rule:
            return value
        return self.text(value)

    def files(self, files: Iterable[DataFile]) -> tuple[list[DataFile], Portfolio]:
        """Data files, and what is made of them."""
        told = sorted((self.file(file) for file in files), key=lambda file: file.path)
        return told, self.assembled(told)

    def assembled(self, files: list[DataFile]) -> Portfolio:
        """What is made of files that say nothing personal any more."""
        portfolio, _ = assemble(files)
        return replace(portfolio, contracts={name: _unsigned(one) for name, one in portfolio.contracts.items()})


def _hidden(place: Place, value: Any) -> Any:
    """What stands for a personal value: a word where there were words, one for a whole list; else nothing.

    What is blank stays blank: nothing is said that was not there.
    """
    if isinstance(value, list):
        inner = place.rule.get("schema")
        words = isinstance(inner, Mapping) and inner.get("type") in TEXTS
        return [HIDDEN] if value and words else []
    if isinstance(value, str):
        return HIDDEN if value.strip() else value
    return None


def _unsigned(contract: Contract) -> Contract:
    """A contract without boxes for approvals: who signed is not told, and an empty box would say that nobody has."""
    return replace(contract, head=replace(contract.head, approvals=None))


@kept_by_schemas
def _stem(path: str) -> str | None:
    """The name of a record or a chapter, which whoever writes it chooses; None of other files."""
    found = load_schemas().of(path)
    if found is None or not found[0].kind.startswith((RECORDS, MANUALS)):
        return None
    return found[1]["id"]


@dataclass(frozen=True)
class Renamed:
    """A tree whose files go by the names that everybody may read; what they hold stays as it is."""

    tree: Tree
    redaction: Redaction

    def files(self, under: str) -> Iterator[str]:
        """Every file below a folder, sorted."""
        return iter(sorted(map(self.redaction.path, self.tree.files(under))))

    def read(self, path: str) -> bytes:
        """The content of a file."""
        return self.tree.read(self._paths.get(path, path))

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        return {self.redaction.path(path): path for path in self.tree.files(DATA)}
