"""まだ提出していないもの: the open due items of the vendor, narrowed to what was asked for. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.rules import states
from generator.rules.dueitem import DueItem, order
from generator.rules.words import fold

OPEN = (states.PLANNED, states.SOON, states.LATE, states.RETURNED)
"""States of what is still to be handed over, or again."""


@dataclass(frozen=True)
class Asked:
    """What is asked for; what is left open does not narrow."""

    until: dt.date | None = None
    """Due by this day, however long ago. Without it, what has no date is asked for too."""
    deliverables: tuple[str, ...] = ()
    """Numbers of the list, or slugs."""

    def means(self, item: DueItem) -> bool:
        """Whether an item is among what is asked for."""
        if self.until is not None and (item.due is None or item.due > self.until):
            return False
        return not self.deliverables or item.deliverable in self.deliverables


EVERYTHING = Asked()


def open_items(items: Iterable[DueItem], asked: Asked = EVERYTHING) -> list[DueItem]:
    """What the vendor still owes of what is asked for, in order of date."""
    found = (item for item in items if item.obligor == "vendor" and item.state in OPEN)
    return sorted((item for item in found if asked.means(item)), key=order)


def days_late(item: DueItem, as_of: dt.date) -> int:
    """Days since the due date; 0 on that day, before it, and without a date."""
    return max((as_of - item.due).days, 0) if item.due else 0


def days_in(text: str) -> int | None:
    """The days of `14d` or `2w`, 14日 and 2週間 too; None where the text says no such thing.

    Calendar days only: 開庁日 differ from authority to authority, and a range over several contracts needs one end.
    """
    match = _SPAN.fullmatch(fold(text).replace(" ", "").lower())
    return int(match[1]) * (7 if match[2] in _WEEKS else 1) if match else None


_WEEKS = ("w", "週", "週間")
_SPAN = re.compile(rf"(\d{{1,4}})(d|日|{'|'.join(_WEEKS)})")
