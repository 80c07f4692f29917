"""Which parts of a data file a change changed: the top fields of its schema.

The contents are read by one process, each is parsed once, and what its fields say is kept as short hashes by content
and schemas: a new commit costs its own files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.history.following import Blob, Touch
from generator.history.pairing import canonical
from generator.history.sameness import blank, filled
from generator.intake import chapters
from generator.intake.positions import Spot
from generator.intake.records import pruned
from generator.intake.remembered import Memory, Store
from generator.intake.repository import Repository
from generator.intake.schema import Schema, kept_by_schemas, load_schemas, validate

ADDED, REMOVED, CHANGED, UNREADABLE = "added", "removed", "changed", "unreadable"

ALL = ("",)
"""Stands for every field, where a file became one of another kind or is no data file."""

Told = Mapping[str, str]
"""What each field of a file says, as a hash; a field that says nothing is left out."""

_CONTENTS, _CHANGES = "contents", "changes"
"""What is kept: what every content says, and which fields each change changed, by the ids of the contents."""

_LAYOUT = "1"
"""To be raised when what is kept is laid out or worked out otherwise."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a change did to a file."""

    kind: str | None
    """The kind of data file; None for a file that is none."""
    path: str
    what: str
    fields: tuple[str, ...] = ()
    """Of a changed file, the fields that say something else, in the order of its schema; none if it says the same."""
    moved: bool = False
    """Whether the file has another path than before."""


class Parts:
    """The parts that each change changed; worked out for the whole log when one of them is first asked for."""

    def __init__(
        self,
        repository: Repository | None = None,
        store: Store | None = None,
        touched: Mapping[str, Sequence[Touch]] | None = None,
    ) -> None:
        self._repository = repository
        self._store = store
        self._touched = touched or {}
        self._changes: dict[str, list[str] | None] | None = None

    def of(self, touch: Touch) -> Part:
        """What one change changed. Of a merge that changed a file itself: what is as in none of its parents."""
        if touch.after is None or not touch.before:
            path = (touch.after or touch.before[0]).path
            return Part(kind_of(path), path, REMOVED if touch.after is None else ADDED)
        path = touch.after.path
        kind = kind_of(path)
        moved = path not in [before.path for before in touch.before]
        if all(before.id == touch.after.id for before in touch.before):
            return Part(kind, path, CHANGED, (), moved)
        if kind is None or (moved and any(kind_of(before.path) != kind for before in touch.before)):
            return Part(kind, path, CHANGED, ALL, moved)
        if self._changes is None:
            self._changes = self._worked_out()
        fields = self._changes[_name(touch, kind)]
        return Part(kind, path, UNREADABLE if fields is None else CHANGED, tuple(fields or ()), moved)

    def _worked_out(self) -> dict[str, list[str] | None]:
        """The fields that each change changed; None where one of its contents cannot be read."""
        code = f"{_LAYOUT} {Memory(None).key('', b'')}"
        kept = _recalled(self._store, _CHANGES, code)
        wanted = {_name(touch, kind): (touch, kind) for touch, kind in self._comparable()}
        missing = {name: asked for name, asked in wanted.items() if name not in kept}
        if missing:
            contents = self._contents(missing.values(), code)
            for name, (touch, kind) in missing.items():
                kept[name] = _changed([contents[_content(blob, kind)] for blob in _blobs(touch)], kind)
        known = {name: kept[name] for name in wanted}
        if missing and self._store is not None:
            self._store.put(_CHANGES, json.dumps([code, known], ensure_ascii=False).encode())
        return known

    def _comparable(self) -> Iterator[tuple[Touch, str]]:
        """The changes of data files that stayed of their kind."""
        for changes in self._touched.values():
            for touch in changes:
                if touch.after is not None and touch.before:
                    kind = kind_of(touch.after.path)
                    same = all(
                        before.path == touch.after.path or kind_of(before.path) == kind for before in touch.before
                    )
                    if kind is not None and same:
                        yield touch, kind

    def _contents(self, asked: Iterable[tuple[Touch, str]], code: str) -> dict[str, Told | None]:
        """What the contents of changes say: from memory, or read, parsed once each and kept."""
        wanted = {_content(blob, kind): (blob.id, kind) for touch, kind in asked for blob in _blobs(touch)}
        kept = _recalled(self._store, _CONTENTS, code)
        missing = [name for name in wanted if name not in kept]
        if missing and self._repository is not None:
            schemas = load_schemas().by_kind
            read = self._repository.contents(wanted[name][0] for name in missing)
            for name, content in zip(missing, read, strict=True):
                kept[name] = told(content, schemas[wanted[name][1]]) if content is not None else None
            self._keep_contents(kept, code)
        return kept

    def _keep_contents(self, said: Mapping[str, Told | None], code: str) -> None:
        """Keep what the files of today say: the next change is one of them. What was before is known by its changes."""
        if self._store is not None:
            today = [changes[0].after for changes in self._touched.values() if changes[0].after]
            used = [_content(blob, kind) for blob in today if (kind := kind_of(blob.path)) is not None]
            kept = {name: said[name] for name in used if name in said}
            self._store.put(_CONTENTS, json.dumps([code, kept], ensure_ascii=False).encode())


def _blobs(touch: Touch) -> tuple[Blob, ...]:
    return (*touch.before, touch.after) if touch.after else touch.before


def _content(blob: Blob, kind: str) -> str:
    return f"{blob.id} {kind}"


def _name(touch: Touch, kind: str) -> str:
    return " ".join((*(blob.id for blob in _blobs(touch)), kind))


@kept_by_schemas
def kind_of(path: str) -> str | None:
    """The kind of data file that lies under a path; None where no schema knows it."""
    found = load_schemas().of(path)
    return found[0].kind if found else None


def _changed(says: Sequence[Told | None], kind: str) -> list[str] | None:
    """The fields of the last that none of those before says the same of, in the order of the schema."""
    *befores, after = says
    if after is None or any(before is None for before in befores):
        return None
    keys = [*load_schemas().by_kind[kind].fields, *sorted({key for one in says for key in one or ()})]
    return [key for key in dict.fromkeys(keys) if all((one or {}).get(key) != after.get(key) for one in befores)]


def told(content: bytes, schema: Schema) -> Told | None:
    """What each field of a file says, as far as it is right; None where it cannot be read."""
    kept, _ = accepted(content, schema, schema.files)
    return None if kept is None else {key: _hash(inner) for key, inner in kept.items() if not blank(inner)}


def accepted(content: bytes, schema: Schema, path: str) -> tuple[Any, Spot]:
    """What of a file is right, with its places; None where it cannot be read."""
    parsed = chapters.read(content, path)
    if parsed.value is None:
        return None, parsed.spot
    value, _, bad = validate(schema, parsed.value, parsed.spot, path)
    kept, spot, _ = pruned(schema, value, parsed.spot, bad)
    return kept, spot


def _hash(value: Any) -> str:
    return hashlib.sha256(canonical(filled(value)).encode()).hexdigest()[:12]


def _recalled(store: Store | None, name: str, code: str) -> dict[str, Any]:
    raw = store.get(name) if store is not None else None
    known, said = json.loads(raw) if raw else (None, {})
    return dict(said) if known == code else {}
