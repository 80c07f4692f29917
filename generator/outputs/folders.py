"""Output appears whole or not at all: written aside, then put in place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.problems import NohinError

MANIFEST = "deliverables/manifest.json"
"""The list of what was made, below the output folder; by it a site of ours is known."""

WORK = ".nohin"
"""The project's folder for caches and half-made output; safe to delete."""


def work(project: Path, name: str) -> Path:
    """A folder of our own below `.nohin/`, made when missing and ignored by git."""
    root = project / WORK
    root.mkdir(exist_ok=True)
    ignore = root / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    place = root / name
    place.mkdir(parents=True, exist_ok=True)
    return place


def write(path: Path, content: bytes) -> None:
    """Write a file whole: readers see the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(aside, 0o644)
    os.replace(aside, path)


def write_new(path: Path, content: bytes) -> None:
    """Write a file into a folder that nobody reads yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def is_site(target: Path) -> bool:
    """Whether a folder is a site of ours."""
    return (target / MANIFEST).is_file()


@contextmanager
def replaced(target: Path, project: Path, ours: Callable[[Path], bool] = is_site) -> Iterator[Path]:
    """A new folder that takes the place of `target` when the block ends well; otherwise `target` stays as it was.

    NohinError where the target holds something that is no site of ours: it would be lost.
    """
    refuse_strangers(target, project, ours)
    new = Path(tempfile.mkdtemp(dir=_aside(target, project)))
    os.chmod(new, 0o755)
    try:
        yield new
        _swap(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def refuse_strangers(target: Path, project: Path, ours: Callable[[Path], bool] = is_site) -> None:
    """NohinError where the target holds something that is not ours."""
    if project.resolve().is_relative_to(target.resolve()):
        raise NohinError(f"{target} はプロジェクトそのものを含むため、出力先にできません")
    if not target.exists() or ours(target):
        return
    if not target.is_dir() or any(not entry.name.startswith(".") for entry in target.iterdir()):
        raise NohinError(f"{target} には nohin が作ったのではないものがあります。空のフォルダーを指してください")


def _aside(target: Path, project: Path) -> Path:
    """Where the new output is made: on the target's disk, so that putting it in place is a rename."""
    place = work(project, "new")
    target.parent.mkdir(parents=True, exist_ok=True)
    return place if place.stat().st_dev == target.parent.stat().st_dev else target.parent


def _swap(new: Path, target: Path) -> None:
    """Put the new folder's content in place of the old; what keeps the folder in git stays."""
    kept = target / ".gitignore"
    if kept.is_file():
        shutil.copy2(kept, new / ".gitignore")
    old = new.with_name(f"{new.name}.old")
    if target.exists():
        os.replace(target, old)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(new, target)
    except OSError:
        if old.exists():
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)
