"""Graphviz's drawings, kept between builds: by their text, and by all that draws them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from generator.documents.diagrams import drawn_with
from generator.outputs import fonts, versions
from generator.outputs.cache import Cache, key


class DrawingStore:
    """The drawings of a project: those of earlier builds, and those of this one. A `Store` by the text of a drawing."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._used: set[str] = set()

    @cached_property
    def _tools(self) -> bytes:
        return drawn_with() + f"\n{versions.pango()} {fonts.fingerprint()}".encode()

    @property
    def used(self) -> set[str]:
        """The drawings that were asked for so far."""
        return set(self._used)

    def keep(self, drawings: Iterable[str]) -> None:
        """Take drawings for used that a kept body holds."""
        self._used.update(drawings)

    def get(self, name: str) -> bytes | None:
        """The drawing of a text; None when it has to be made."""
        piece = key(name, self._tools)
        self._used.add(piece)
        return self._cache.get(piece)

    def put(self, name: str, content: bytes) -> None:
        """Keep the drawing of a text."""
        self._cache.put(key(name, self._tools), content)

    def forget_all_but_used(self) -> None:
        """Drop what was not asked for."""
        self._cache.forget_all_but(self._used)
