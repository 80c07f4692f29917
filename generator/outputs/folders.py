"""Output appears whole or not at all: written aside, then put in place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def replaced(target: Path, project: Path) -> Iterator[Path]:
    """A new folder that takes the place of `target` when the block ends well; otherwise `target` stays as it was."""
    new = Path(tempfile.mkdtemp(dir=work(project, "new")))
    os.chmod(new, 0o755)
    try:
        yield new
        _swap(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


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
