"""Which things of the design, and which chapters of the manuals, each commit changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.history.effects import CORRECTIONS, Name, said
from generator.history.following import Blob, Touch
from generator.history.log import History
from generator.history.pairing import canonical
from generator.history.parts import accepted
from generator.history.sameness import filled
from generator.intake.remembered import Memory, Store, dumps, loads
from generator.intake.repository import Repository
from generator.intake.schema import DESIGN, MANUALS, load_schemas
from generator.model import OVERVIEW, Chapter, Contract, Sheet

TREE = -1
"""Stands for the working tree where a commit is counted: newer than the newest."""


class Step(NamedTuple):
    """One thing that a commit changed."""

    name: Name
    commit: int
    """The commit's place in the history, newest first; `TREE` for what is not committed."""
    before: Blob | None
    """Where it stood, as the steps before this one left it; None where it was not there. Of the working tree, without id."""
    after: Blob | None
    old: str | None
    """What it said, as a hash."""
    new: str | None


@dataclass
class Things:
    """The contents of design files and chapters by path and blob; what each says is worked out once and kept."""

    repository: Repository | None
    store: Store | None
    current: dict[str, Mapping[Name, Any]] = field(default_factory=dict)
    """What the working tree's files say, by path."""
    _values: dict[Blob, Mapping[Name, Any]] = field(default_factory=dict)
    _kept: dict[str, Any] = field(default_factory=dict)
    """What things said in contents, and their positions there, as they were asked for before."""
    _used: dict[str, Any] = field(default_factory=dict)
    """What was asked for now."""
    _hashes: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def steps(self, contract: Contract, history: History) -> list[Step]:
        """Every change of every thing, oldest first; that a thing is there at all is its first."""
        self.current = {sheet.source.path: _named(sheet) for sheet in contract.design}
        self.current |= {chapter.source.path: _named(chapter) for chapter in contract.manuals}
        paths = list(told_paths(contract, history))
        self._learn((touch for path in paths for touch in history.touched[path]), f"things-{contract.id}")
        self._kept = self._recalled(contract)
        found = [step for path in paths for step in self._of_file(path, history)]
        for path in self.current:
            if path not in history.touched:
                found += _State().steps(TREE, {}, self._today(path), None, Blob(path, ""))
        return list(_joined(sorted(found, key=lambda step: (-step.commit, step.after is not None))))

    def values(self, place: Blob | None, name: Name) -> tuple[Any, int]:
        """What a thing said at a place, and its position there; None where it was not there."""
        if place is None:
            return None, 0
        if not place.id:
            return _found(self.current[place.path], name)
        asked = f"{_key(place)} {name.place} {name.name}"
        known = self._kept.get(asked) or _found(self._at(place), name)
        self._used[asked] = known
        return known[0], known[1]

    def _recalled(self, contract: Contract) -> dict[str, Any]:
        raw = self.store.get(f"values-{contract.id}") if self.store is not None else None
        code, kept = loads(raw) if raw else (None, {})
        return dict(kept) if code == Memory(None).key("", b"") else {}

    def keep(self, contract: Contract) -> None:
        """Keep what was asked of contents, so that a change of today reads none of the old ones again."""
        if self.store is not None and self._used.keys() != self._kept.keys():
            self.store.put(f"values-{contract.id}", dumps([Memory(None).key("", b""), self._used]))

    def _of_file(self, path: str, history: History) -> Iterator[Step]:
        """The changes of a file, each as of what those before it left, so that the sides of a merge come together.

        A content that cannot be read tells nothing: what comes next is compared with what came before.
        """
        state = _State()
        last: Blob | None = None
        for touch in reversed(history.touched[path]):
            parent, now = touch.before[0] if touch.before else None, self._hashed(touch.after)
            if now is not None:
                was, last = self._hashed(parent), touch.after
                yield from state.steps(touch.commit, was, now, parent, touch.after, len(touch.before) > 1)
        if path in history.uncommitted or path not in self.current:
            yield from state.steps(TREE, self._hashed(last), self._today(path), last, Blob(path, ""), True)

    def _today(self, path: str) -> dict[Name, str]:
        return {name: _hash(value) for name, value in self.current.get(path, {}).items()}

    def _hashed(self, blob: Blob | None) -> dict[Name, str] | None:
        """What a content says; nothing where there is none, None where it cannot be read."""
        told: dict[str, str] | None = self._hashes.get(_key(blob)) if blob else {}
        return None if told is None else {_name(key): mark for key, mark in told.items()}

    def _learn(self, touches: Iterable[Touch], piece: str) -> None:
        """What all contents say, as hashes: from memory, or read by one process and kept."""
        code = Memory(None).key("", b"")
        raw = self.store.get(piece) if self.store is not None else None
        kept_code, kept = json.loads(raw) if raw else (code, {})
        known = kept if kept_code == code else {}
        blobs = {_key(b): b for t in touches for b in (*t.before[:1], *((t.after,) if t.after else ()))}
        missing = {key: blob for key, blob in blobs.items() if key not in known}
        for blob, value in self._read(missing.values()):
            known[_key(blob)] = None if value is None else {f"{n.place} {n.name}": _hash(v) for n, v in value.items()}
        self._hashes = {key: known[key] for key in blobs if key in known}
        if missing and self.store is not None:
            self.store.put(piece, json.dumps([code, self._hashes], ensure_ascii=False).encode())

    def _at(self, place: Blob) -> Mapping[Name, Any]:
        if place not in self._values:
            self._values.update({blob: value or {} for blob, value in self._read([place])})
        return self._values.get(place, {})

    def _read(self, blobs: Iterable[Blob]) -> Iterator[tuple[Blob, Mapping[Name, Any] | None]]:
        asked = list(blobs)
        if self.repository is None or not asked:
            return
        for blob, content in zip(asked, self.repository.contents(b.id for b in asked), strict=True):
            yield blob, _said(blob.path, content)


@dataclass
class _State:
    """What a file says so far: by name, as a hash, and where it was last said."""

    marks: dict[Name, tuple[str, Blob]] | None = None

    def steps(
        self,
        commit: int,
        was: Mapping[Name, str] | None,
        now: Mapping[Name, str],
        old: Blob | None,
        new: Blob | None,
        together: bool = False,
    ) -> Iterator[Step]:
        """What a commit made of it: what differs from its parent, or, where sides come together, from all so far."""
        if self.marks is None:
            self.marks = {name: (mark, old) for name, mark in (was or {}).items() if old}
        known = {name: mark for name, (mark, _) in self.marks.items()}
        base: Mapping[Name, str] = known if together or was is None else was
        for name in (name for name in dict.fromkeys((*base, *now)) if base.get(name) != now.get(name)):
            mark, (before, place) = now.get(name), self.marks.pop(name, (None, None))
            if mark is not None and new is not None:
                self.marks[name] = (mark, new)
            if mark != before:
                stood = old if before is not None and was and was.get(name) == before else place
                yield Step(name, commit, stood, new if mark is not None else None, before, mark)


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Of a thing that one commit took out of a file and put into another, one change or none."""
    found: dict[tuple[int, Name], Step] = {}
    for step in steps:
        first = found.get((step.commit, step.name), step)
        found[step.commit, step.name] = first._replace(after=step.after, new=step.new)
    return (step for step in found.values() if step.old != step.new)


def _said(path: str, content: bytes | None) -> dict[Name, Any] | None:
    """What a content of any commit says; None where it cannot be read."""
    found = load_schemas().of(path)
    value = accepted(content, found[0], path)[0] if found and content is not None else None
    if found is None or value is None:
        return None
    schema, names = found
    if schema.kind == MANUALS:
        return _named(Chapter(manual=names["manual"], id=names["id"], values=value))
    return _named(Sheet(kind=schema.kind.removeprefix(DESIGN), values=value)) if schema.kind.startswith(DESIGN) else {}


def _named(told: Sheet | Chapter) -> dict[Name, Any]:
    """What a file says by name, its corrections by what they name."""
    found = said(told)
    if isinstance(told, Sheet) and told.kind == OVERVIEW:
        for one in told.values.get(CORRECTIONS) or ():
            for name in one.get("design") or ():
                found.setdefault(Name(CORRECTIONS, name), []).append(one)
    return found


def told_paths(contract: Contract, history: History) -> Iterator[str]:
    """The files of the design and the manuals; of a contract that was moved, also those that had gone before."""
    blobs = (b for t in history.touched.get(contract.head.source.path, ()) for b in (*t.before, t.after) if b)
    former = {match[1] for b in blobs if (match := _OF_CONTRACT.match(b.path))} - {contract.id}
    for path, touches in history.touched.items():
        match = _OF_CONTRACT.match(path)
        if match and match[2] and (match[1] == contract.id or (match[1] in former and touches[0].after is None)):
            yield path


_OF_CONTRACT = re.compile(rf"data/contracts/([^/]+)/((?:design|{MANUALS})/)?")


def _name(key: str) -> Name:
    place, _, name = key.partition(" ")
    return Name(place, name)


def _key(blob: Blob) -> str:
    return f"{blob.path} {blob.id}"


def _found(there: Mapping[Name, Any], name: Name) -> tuple[Any, int]:
    return there.get(name), list(there).index(name) if name in there else 0


def _hash(value: Any) -> str:
    return hashlib.sha256(canonical(filled(value)).encode()).hexdigest()[:12]
