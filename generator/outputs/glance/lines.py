"""The lines of a glance: a thing, its day, how it stands, and the place that explains it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.model import Contract
from generator.outputs.site.deadlinepages import Link


@dataclass(frozen=True)
class Line:
    """One line. Things that are alike but for a few words share one."""

    contract: str
    contract_title: str
    title: str
    href: str
    """Below the contract's part."""
    date: dt.date | None = None
    state: str = ""
    note: str = ""
    parts: tuple[Link, ...] = ()
    """What tells apart the things that share the line, each with its own place; none where there is nothing to tell."""
    keys: tuple[str, ...] = ()
    """What tells each of them from all others for ever, where a reader's browser has to remember it."""

    @property
    def count(self) -> int:
        """How many things the line stands for."""
        return max(1, len(self.parts))

    @property
    def day(self) -> dt.date:
        """To sort by: what has no date comes last."""
        return self.date or dt.date.max


def line(contract: Contract, title: str, href: str) -> Line:
    """A line of a contract, still without its day."""
    return Line(contract.id, contract.head.title, title, href)


def together(pieces: Iterable[tuple[Line, str]]) -> tuple[Line, ...]:
    """Lines with the words that tell them apart, those that are alike as one, in the order of the first of each."""
    found: dict[tuple[object, ...], list[tuple[Line, str]]] = {}
    for own, words in pieces:
        alike = (own.title, own.date, own.state, own.note, "" if words else own.href)
        found.setdefault(alike, []).append((own, words))
    return tuple(_one(alike) for alike in found.values())


def _one(alike: Sequence[tuple[Line, str]]) -> Line:
    parts = tuple(Link(own.href, words) for own, words in alike if words)
    return replace(alike[0][0], parts=parts, keys=tuple(name for own, _ in alike for name in own.keys))
