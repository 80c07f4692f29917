"""The design of a contract's system as rules see it: its things by kind and by name, each with its place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model import OVERVIEW, BackupDuty, Contract, Item, Period, Sheet
from generator.problems import Source


class Thing(NamedTuple):
    """One thing of the design, and where it was written."""

    sheet: Sheet
    position: int
    values: Item

    @property
    def id(self) -> str:
        """Its name for other things."""
        return str(self.values["id"])

    @property
    def called(self) -> str:
        """`「db01」（データベースサーバ）`."""
        return f"「{self.id}」（{self.values['title']}）"

    @property
    def kind(self) -> str:
        """What it is one of, as far as it says so: `virtual`."""
        return str(self.values.get("kind") or "")

    def place(self, *path: str | int) -> Source:
        """Where a value inside it was written."""
        return self.sheet.place(self.sheet.kind, self.position, *path)

    def listed(self, field_name: str) -> Sequence[str]:
        """The names in a list of it; none where it is not written."""
        return self.values.get(field_name) or ()

    def rows(self, field_name: str) -> Iterator[tuple[int, Item]]:
        """The items of a list in it, with their positions."""
        return enumerate(self.values.get(field_name) or ())


@dataclass
class Design:
    """What a contract's design says, looked up by kind and name. Names that lead nowhere are somebody else's matter."""

    contract: Contract
    as_of: dt.date | None = None
    """The day on which it is looked at, where a rule may say more for knowing it."""
    overview: Sheet | None = None
    _kinds: dict[str, dict[str, Thing]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        for sheet in self.contract.design:
            if sheet.kind == OVERVIEW:
                self.overview = sheet
            for index, values in enumerate(sheet.things):
                self._kinds[sheet.kind].setdefault(str(values["id"]), Thing(sheet, index, values))

    def things(self, *kinds: str) -> Iterator[Thing]:
        """The things of these kinds, in order."""
        for kind in kinds:
            yield from self._kinds[kind].values()

    def named(self, kind: str) -> Mapping[str, Thing]:
        """The things of a kind by name."""
        return self._kinds[kind]

    @property
    def period(self) -> Period:
        """The contract's."""
        return self.contract.head.period

    @property
    def backup_duty(self) -> BackupDuty | None:
        """What the specification asks of backups."""
        return self.contract.head.backup

    def zones_of(self, server: Thing | None) -> set[str]:
        """The zones of the networks that a server is in."""
        networks = self.named("networks")
        named = (row["network"] for _, row in server.rows("addresses")) if server else ()
        return {str(networks[name].values["zone"]) for name in named if name in networks}


def cycles(after: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The rings in a graph of names, each once, from the first of its names that is met; linear in its edges.

    >>> cycles({"a": ["b"], "b": ["c"], "c": ["b"]})
    [('b', 'c')]
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in after:
        path: dict[str, Iterator[str]] = {}
        step: str | None = start if start not in done else None
        while step is not None:
            if step not in path:
                path[step] = iter(after.get(step, ()))
            following = next(path[step], None)
            if following is None:
                path.popitem()
                done.add(step)
                step = next(reversed(path), None)
            elif following in path:
                names = list(path)
                found.append(tuple(names[names.index(following) :]))
            elif following not in done:
                step = following
    return found
