"""Finished pieces by the content they were made from. Safe to delete; a damaged piece is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.outputs.folders import WORK, work, write


def key(*parts: bytes | str) -> str:
    """A name for whatever is made from these parts and nothing else."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


@dataclass(frozen=True)
class Cache:
    """Pieces of one sort in `.nohin/cache/<sort>/`; each file begins with the hash of the rest."""

    folder: Path

    @classmethod
    def of(cls, project: Path, sort: str) -> Cache:
        """The cache of a sort of piece in a project."""
        return cls(work(project, f"cache/{sort}"))

    @classmethod
    def existing(cls, project: Path, sort: str) -> Cache | None:
        """The cache of a sort of piece if there is one; makes nothing."""
        folder = project / WORK / "cache" / sort
        return cls(folder) if folder.is_dir() else None

    def get(self, name: str) -> bytes | None:
        """The piece; None when it was never made or is damaged."""
        try:
            raw = (self.folder / name).read_bytes()
        except OSError:
            return None
        seal, content = raw[:32], raw[32:]
        return content if hashlib.sha256(content).digest() == seal else None

    def put(self, name: str, content: bytes) -> None:
        """Keep a piece."""
        write(self.folder / name, hashlib.sha256(content).digest() + content)

    def forget_all_but(self, names: Iterable[str]) -> None:
        """Drop what the last build did not use."""
        kept = set(names)
        for place in self.folder.iterdir():
            if place.name not in kept:
                place.unlink(missing_ok=True)
