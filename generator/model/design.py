"""The system that a contract is about, as data, and the chapters of its manuals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.base import Record

OVERVIEW = "overview"
EDITORIAL = ("sample", "established", "corrections")
"""Fields of the overview that speak of the book, not of the system."""

Item = Mapping[str, Any]
"""One thing of the design: a server, a function, a screen …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Record):
    """A file of design/: all things of one kind."""

    kind: str
    values: Mapping[str, Any]

    @property
    def listed(self) -> bool:
        """Whether it is a list of things; the overview is not."""
        return self.kind != OVERVIEW

    @property
    def things(self) -> tuple[Item, ...]:
        """Its things; none for the overview, which holds no list of them."""
        return tuple(self.values.get(self.kind) or ())

    @property
    def named(self) -> dict[str, Any]:
        """Whatever a system change can name in it: its things by id, or the fields of the overview."""
        if self.kind == OVERVIEW:
            return {field: value for field, value in self.values.items() if field not in EDITORIAL}
        return {str(thing["id"]): thing for thing in self.things}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Record):
    """A chapter of a manual: its front matter, and its Markdown under `body`."""

    manual: str
    id: str
    values: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The chapter's title."""
        return str(self.values["title"])

    @property
    def body(self) -> str:
        """Its Markdown."""
        return str(self.values.get("body") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a system change left one thing of the design, or one chapter."""

    place: str
    """`design` or `manuals`."""
    name: str
    """`servers/db01`, `operation/backup`; of the overview, its field: `overview/purpose`."""
    before: Any = None
    """Its values; None where it was not there."""
    after: Any = None
    at: int = 0
    """Where it stood in its list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one system change did to the design and the manuals."""

    differences: tuple[Difference, ...] = ()
    known: bool = False
    """False where the state before is not known: outside git, in a clone that was cut off, before the first commit."""
    commits: tuple[str, ...] = ()
    """The commits that did nothing else to the design and the manuals, oldest first."""
