"""初版: the commits that made the first edition of a design and of each manual; what they hold is no change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.history.effects import Name
from generator.history.log import History
from generator.history.things import TREE, Step, told_paths
from generator.intake.schema import MANUALS
from generator.model import OVERVIEW, Contract


@dataclass(frozen=True)
class Edition:
    """The first edition: what stands in it before any change."""

    begun: Mapping[str, int]
    """The first commit that holds any design, and that of each manual, by their folders."""
    early: frozenset[int]
    """The commits up to the day that the first edition names as its own."""
    day: dt.date | None
    """That day."""
    history: History

    def holds(self, step: Step) -> bool:
        """Whether a commit made the first edition of what a thing stands in."""
        return step.commit in self.early or step.commit >= self._began(step.name)

    def opens(self, step: Step) -> bool:
        """Whether nothing at all is known of what was before."""
        return step.commit >= max(self.begun.values(), default=TREE)

    def last(self, name: Name) -> int:
        """The last commit of the first edition of what a thing stands in."""
        return min((self._began(name), *self.early))

    def stood(self, name: Name, day: dt.date) -> bool:
        """Whether the first edition of what a thing stands in was there before a day."""
        began = self._began(name)
        known = [self.history.commits[began].date] if began != TREE else []
        return day > max([*known, *([self.day] if self.day else [])], default=dt.date.max)

    def _began(self, name: Name) -> int:
        return self.begun.get(_folder(name.place, name.name), TREE)


def edition_of(contract: Contract, history: History) -> Edition:
    """The first edition of a contract's design and manuals."""
    begun: dict[str, int] = {}
    touches: set[int] = set()
    for path in told_paths(contract, history):
        of_path = {touch.commit for touch in history.touched[path]}
        place, _, name = path.split("/", 3)[3].partition("/")
        folder = _folder(place, name)
        begun[folder] = max(begun.get(folder, TREE), *of_path)
        touches |= of_path
    day = next((sheet.values.get("established") for sheet in contract.design if sheet.kind == OVERVIEW), None)
    early = frozenset(place for place in touches if day is not None and history.commits[place].date <= day)
    return Edition(begun, early, day, history)


def _folder(place: str, name: str) -> str:
    return f"{place}/{name.partition('/')[0]}" if place == MANUALS else place
