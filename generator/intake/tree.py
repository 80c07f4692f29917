"""The project's files behind one interface: the working tree here, a git revision in `intake.repository`.

No path leaves the project: names with `..`, absolute names and links that point outside are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from generator.problems import NohinError


class Tree(Protocol):
    """Files by path, relative to the project, with forward slashes."""

    def files(self, under: str) -> Iterator[str]:
        """Every file below a folder, sorted."""

    def read(self, path: str) -> bytes:
        """The content of a file."""


@dataclass(frozen=True)
class WorkingTree:
    """The files as they are on disk."""

    root: Path

    def files(self, under: str) -> Iterator[str]:
        """Every file below a folder, sorted; hidden files and folders are left out."""
        return iter(sorted(self._walk(self.root / under)))

    def _walk(self, folder: Path) -> Iterator[str]:
        if not folder.is_dir():
            return
        for entry in _entries(folder):
            if entry.name.startswith("."):
                continue
            if entry.is_dir() and not entry.is_symlink():
                yield from self._walk(entry)
            elif entry.is_file() or entry.is_symlink():
                yield entry.relative_to(self.root).as_posix()

    def read(self, path: str) -> bytes:
        """The content of a file; OSError where it cannot be read."""
        return inside(self.root, path).read_bytes()


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise NohinError(f"フォルダー {folder} が読めません（{error.strerror}）") from None


def inside(root: Path, path: str) -> Path:
    """The file's place on disk; NohinError where it would leave the project."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        raise NohinError(f"プロジェクトの外を指す名前です: {path}")
    try:
        place = (root / pure).resolve()
    except (OSError, RuntimeError):
        raise NohinError(f"自分自身を指すリンクです: {path}") from None
    if not place.is_relative_to(root.resolve()):
        raise NohinError(f"プロジェクトの外を指すリンクです: {path}")
    return place
