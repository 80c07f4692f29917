"""Versions of what makes the outputs, for the names of caches. Found without loading any of it."""

from __future__ import annotations

import ctypes
import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

NAMES = ("libpango-1.0-0", "pango-1.0-0", "pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
"""What Pango is called on different systems; WeasyPrint looks for it by these names, in this order."""


@cache
def of(library: str) -> str:
    """The version of an installed Python library."""
    return version(library)


@cache
def pango() -> int | None:
    """Pango's version as one number, as the library itself says it; None where it has none of its usual names."""
    for name in NAMES:
        try:
            return int(ctypes.CDLL(name).pango_version())
        except (OSError, AttributeError):
            continue
    return None


@cache
def program() -> str:
    """Changes whenever a module or a schema of this program does."""
    digest = hashlib.sha256()
    _add(resources.files("generator"), digest)
    return digest.hexdigest()


def _add(folder: Traversable, digest: hashlib._Hash) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            _add(entry, digest)
        elif entry.name.endswith((".py", ".yml")):
            digest.update(hashlib.sha256(f"{entry.name}\0".encode() + entry.read_bytes()).digest())
