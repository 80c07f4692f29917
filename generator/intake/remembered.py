"""Accepted files, remembered by their content, so that an unchanged file is neither parsed nor validated again.

The memory is one sealed text kept elsewhere (`Store`); a check only reads it, a build renews it. It holds only files
without problems, and it is data, never code: JSON, with dates tagged.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import cache, partial
from importlib import resources
from typing import Any, Protocol

from generator.intake.positions import Spot
from generator.intake.schema import load_schemas


class Store(Protocol):
    """Where the memory is kept."""

    def get(self, name: str) -> bytes | None:
        """What was kept under a name; None when there is nothing or it is damaged."""

    def put(self, name: str, content: bytes) -> None:
        """Keep something under a name."""


_NAME = "intake"


class Memory:
    """The accepted files of the last build, and those of this run."""

    def __init__(self, store: Store | None, known: dict[str, Any] | None = None) -> None:
        self._store = store
        self._known = _loaded(store) if known is None else known
        self._used: dict[str, Any] = {}
        self._code = _fingerprint()

    def again(self) -> Memory:
        """The memory for another run of the same process: it begins with what this one met."""
        return Memory(self._store, self._used)

    def key(self, path: str, content: bytes) -> str:
        """The name of a file's content under these schemas; the path counts, it decides the kind."""
        return hashlib.sha256(f"{self._code}\0{load_schemas().seal}\0{path}\0".encode() + content).hexdigest()

    def recall(self, key: str) -> tuple[Any, Spot] | None:
        """The accepted value and its places; None when it is not known."""
        kept = self._known.get(key)
        if kept is None:
            return None
        self._used[key] = kept
        return kept[0], _spot(kept[1])

    def keep(self, key: str, value: Any, spot: Spot) -> None:
        """Remember an accepted file."""
        self._used[key] = [value, _raw(spot)]

    def save(self) -> None:
        """Keep what this run used, and nothing else."""
        if self._store is not None and self._used.keys() != self._known.keys():
            self._store.put(_NAME, dumps(self._used))


def _loaded(store: Store | None) -> dict[str, Any]:
    raw = store.get(_NAME) if store is not None else None
    if raw is None:
        return {}
    known = loads(raw)
    return known if isinstance(known, dict) else {}


@cache
def _fingerprint() -> str:
    """Changes whenever the code or a schema that accepts files changes."""
    digest = hashlib.sha256()
    package = resources.files("generator")
    folders = (package / "intake", *(package / "schemas" / name for name in ("", "records", "design")))
    for folder in folders:
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.name.endswith((".py", ".yml")):
                digest.update(entry.read_bytes())
    return digest.hexdigest()


_DAY, _MOMENT = "\u0001date", "\u0001moment"
"""Keys no file can hold: control characters are refused."""


def dumps(value: Any) -> bytes:
    """Accepted data as it is kept: JSON, with dates tagged."""
    return json.dumps(value, ensure_ascii=False, default=_tagged).encode()


def loads(raw: bytes) -> Any:
    """What `dumps` kept."""
    return json.loads(raw, object_hook=_untagged)


def _tagged(value: Any) -> Mapping[str, str]:
    return {_MOMENT if isinstance(value, dt.datetime) else _DAY: value.isoformat()}


def _untagged(value: dict[str, Any]) -> Any:
    if _DAY in value:
        return dt.date.fromisoformat(value[_DAY])
    return dt.datetime.fromisoformat(value[_MOMENT]) if _MOMENT in value else value


def _raw(spot: Spot) -> list[Any]:
    numbers = [spot.line, spot.column, spot.key_line, spot.key_column]
    if not spot.children:
        return numbers
    listed = 0 in spot.children
    children = {name: _raw(child) for name, child in spot.children.items()}
    return [*numbers, list(children.values()) if listed else children]


def _spot(raw: list[Any]) -> Spot:
    if len(raw) == 4:
        return Spot(raw[0], raw[1], raw[2], raw[3])
    return Spot(raw[0], raw[1], raw[2], raw[3], later=partial(_inner, raw[4]))


def _inner(raw: Any) -> dict[str | int, Spot]:
    pairs = enumerate(raw) if isinstance(raw, list) else raw.items()
    return {name: _spot(child) for name, child in pairs}
