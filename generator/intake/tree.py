"""The project's files behind one interface: the working tree here, a git revision in `intake.repository`.

No path leaves the project: names with `..`, absolute names and links that point outside are refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
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
        return iter(sorted(self._walk(under))) if (self.root / under).is_dir() else iter(())

    def _walk(self, folder: str) -> Iterator[str]:
        for entry in _entries(self.root / folder):
            place = f"{folder}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(place)
            elif entry.is_symlink() or entry.is_file():
                yield place

    def read(self, path: str) -> bytes:
        """The content of a file; OSError where it cannot be read."""
        return inside(self.root, path).read_bytes()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError as error:
        raise NohinError(f"フォルダー {folder} が読めません（{error.strerror}）") from None


@cache
def _resolved(root: Path) -> Path:
    return root.resolve()


def inside(root: Path, path: str) -> Path:
    """The file's place on disk; NohinError where it would leave the project."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        raise NohinError(f"プロジェクトの外を指す名前です: {path}")
    try:
        place = (root / pure).resolve()
    except (OSError, RuntimeError):
        raise NohinError(f"自分自身を指すリンクです: {path}") from None
    if not place.is_relative_to(_resolved(root)):
        raise NohinError(f"プロジェクトの外を指すリンクです: {path}")
    return place
