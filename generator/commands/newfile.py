"""What `nohin new` writes: which kind of file, of which contract, under which name, with which content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.commands.common import told
from generator.commands.questions import UNTOUCHED
from generator.documents.kinds import Kind, discover
from generator.documents.templates import TemplateFolders
from generator.intake import answers
from generator.intake.drafting import draft
from generator.intake.listtext import appended
from generator.intake.overlay import Kept, problems_with
from generator.intake.portfolio import Loaded, load
from generator.intake.remembered import Memory
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import DESIGN, RECORDS, Schema, load_schemas
from generator.intake.tree import WorkingTree, inside
from generator.model import Contract, Entry
from generator.outputs.cache import Cache
from generator.outputs.folders import write
from generator.problems import NohinError, Problem

WRITTEN_OTHERWISE = {"submissions": "nohin submit", "approvals": "nohin approve"}
"""Kinds that have a command of their own, which knows what belongs into them."""


def kinds() -> dict[str, Schema]:
    """The kinds of file by the name they are asked for: records by their folder, design as `design/servers`."""
    found = load_schemas().by_kind.items()
    return {kind.removeprefix(RECORDS): schema for kind, schema in found if kind not in WRITTEN_OTHERWISE}


def kind_called(name: str | None) -> tuple[str, Schema]:
    """The kind of a name; NohinError lists them all where there is none."""
    known = kinds()
    if name in known:
        return name, known[name]
    if name is None:
        raise NohinError(f"何を書くかを選んでください。nohin new KIND\n{_listed(known)}")
    if name in WRITTEN_OTHERWISE:
        raise NohinError(f"{name} は {WRITTEN_OTHERWISE[name]} が書きます")
    titled = [kind for kind, schema in known.items() if schema.title == name]
    near = titled or get_close_matches(name, known, 1, 0.6)
    hint = f"（{near[0]} ではありませんか）" if near else ""
    raise NohinError(f"「{name}」という種類はありません{hint}。あるのは:\n{_listed(known)}")


def _listed(known: Mapping[str, Schema]) -> str:
    """The kinds with their titles, in groups."""
    columns = max(map(len, known)) + 2
    lines = []
    for title, belongs in _GROUPS:
        lines.append(f"{title}:")
        lines += [f"  {kind:{columns}}{known[kind].title}" for kind in sorted(known) if belongs(known[kind])]
    return "\n".join(lines)


_GROUPS: tuple[tuple[str, Callable[[Schema], bool]], ...] = (
    ("起きたこと・行ったことの記録", lambda schema: schema.kind.startswith(RECORDS)),
    ("契約のファイル", lambda s: "{contract}/" in s.files and not s.kind.startswith((RECORDS, DESIGN))),
    ("契約に共通のもの", lambda schema: "{contract}" not in schema.files),
    ("システムの設計", lambda schema: schema.kind.startswith(DESIGN)),
)


@dataclass
class Desk:
    """A project with what was read of it."""

    place: Path
    as_of: dt.date
    store: Kept
    loaded: Loaded

    @classmethod
    def of(cls, place: Path, as_of: dt.date) -> Desk:
        """The desk of a project; what is read is kept for the run, for it is read again before and after writing."""
        store = Kept(Cache.existing(place, "data"))
        memory = Memory(store)
        loaded = load(WorkingTree(place), memory)
        memory.save()
        return cls(place, as_of, store, loaded)

    @cached_property
    def documents(self) -> Mapping[str, Kind]:
        """The kinds of document."""
        return discover(TemplateFolders(self.place))[0]

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The contracts that could be read."""
        return self.loaded.portfolio.contracts

    def contract(self, name: str) -> Contract:
        """A contract; NohinError where it is not there, after its problems were told."""
        if name not in self.contracts:
            told(self.loaded.problems)
            raise NohinError(f"契約「{name}」がありません。あるのは: {'、'.join(self.contracts) or 'なし'}")
        return self.contracts[name]


@dataclass(frozen=True)
class NewFile:
    """A file that is to be written, or a row of one."""

    name: str
    """The kind as it was asked for."""
    schema: Schema
    contract: Contract | None = None
    id: str | None = None
    """What names the file; of a chapter `operation/backup`. None where the kind has one file in a contract."""

    @property
    def is_record(self) -> bool:
        """Whether it is something that happened."""
        return self.schema.kind.startswith(RECORDS)

    @property
    def of_contract(self) -> bool:
        """Whether it belongs to a contract that has to be there."""
        return "{contract}/" in self.schema.files and self.name != "contract"

    @cached_property
    def sheet(self) -> str | None:
        """The list to which a row is added; None where a file is written."""
        return answers.sheet_of(self.schema)

    @cached_property
    def asked(self) -> Schema:
        """The schema of the answers: of a row, or of the file."""
        return answers.row_schema(self.schema, self.sheet) if self.sheet else self.schema

    @property
    def needs_id(self) -> bool:
        """Whether the file has a name of its own."""
        return "{id}" in self.schema.files or self.name == "contract"

    @property
    def path(self) -> str:
        """Where it is written, in the project."""
        own = self.contract.id if self.contract else self.id or ""
        manual, _, name = (self.id or "").rpartition("/")
        return self.schema.files.format(contract=own, manual=manual, id=name)

    def of(self, contract: Contract) -> NewFile:
        """The same of a contract."""
        return replace(self, contract=contract)

    def named(self, name: str) -> NewFile:
        """The same under a name."""
        return replace(self, id=SCALAR_TYPES["id"].normalise(name))

    def entries(self, contracts: Iterable[Contract]) -> list[Entry]:
        """The records of the same kind."""
        return [e for contract in contracts for e in contract.entries if RECORDS + e.kind == self.schema.kind]

    def content(self, place: Path, value: Mapping[str, Any]) -> bytes:
        """The file as it is to be; NohinError where there is one already to which nothing can be added."""
        file = inside(place, self.path)
        if not file.exists() and not file.is_symlink():
            return draft(self.schema, {self.sheet: [value]} if self.sheet else value, self.path)
        if self.sheet is None:
            raise NohinError(f"{self.path} はすでにあります。{UNTOUCHED}")
        if any(isinstance(inner, dict) for inner in value.values()):
            raise NohinError(f"組になった項目は、ある一覧には書き足せません。{self.path} に書いてください。{UNTOUCHED}")
        return appended(file.read_bytes(), self.path, self.sheet, value)


def refused(desk: Desk, path: str, content: bytes) -> list[Problem]:
    """The errors that a file would bring."""
    found = problems_with(WorkingTree(desk.place), {path: content}, desk.loaded.problems, desk.store)
    return [problem for problem in found if problem.source.path == path]


def put(place: Path, path: str, content: bytes) -> None:
    """Write a file; of what is there, only a list that content goes on with is replaced."""
    file = inside(place, path)
    if file.exists():
        write(file, content)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as new:
        new.write(content)
