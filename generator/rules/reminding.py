"""期限の知らせ: which open items have passed a mark that nobody was told of yet. Pure; `as_of` is given.

A mark is a number of days before the due date. Each mark of each item is told once. Where a run was left out and several
marks were passed, they are told together, so that nothing is lost and nothing is said twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.rules.dueitem import DueItem

LATE = -1
"""The day after the due date."""

MARKS = (30, 7, 1, LATE)
"""Days before the due date, the earliest first."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was told of an item."""

    due: dt.date
    """The due date it was told for."""
    marks: tuple[int, ...]


Told = Mapping[str, Said]
"""What was told, by the key of the item."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """An item that has to be told of now."""

    item: DueItem
    marks: tuple[int, ...]
    """The marks that are told by it; the last is the nearest to the due date."""
    days: int
    """Days left; negative when it is late."""
    before: dt.date | None = None
    """The due date that was told before, where it was another one."""

    @property
    def mark(self) -> int:
        """The mark nearest to the due date."""
        return self.marks[-1]


def passed(due: dt.date, as_of: dt.date) -> tuple[int, ...]:
    """The marks of a due date that have been reached on a day, the earliest first."""
    return tuple(mark for mark in MARKS if (due - as_of).days <= mark)


def reminders(items: Iterable[DueItem], told: Told, as_of: dt.date) -> list[Reminder]:
    """What has to be told on a day of these open items, in their order. A date that has moved is told anew."""
    found = []
    for item in items:
        if item.due is not None:
            known, marks = _known(told, item), passed(item.due, as_of)
            if marks and marks[-1] not in known:
                said, new = told.get(item.key), tuple(mark for mark in marks if mark not in known)
                before = said.due if said and said.due != item.due else None
                found.append(Reminder(item, new, (item.due - as_of).days, before))
    return found


def told_after(told: Told, items: Iterable[DueItem], found: Iterable[Reminder]) -> dict[str, Said]:
    """What has been told once the reminders are out; what is no longer open is forgotten, and begins anew if it returns."""
    still = {item.key for item in items}
    kept = {key: said for key, said in told.items() if key in still}
    for one in found:
        if one.item.due is not None:
            known = _known(kept, one.item)
            marks = tuple(mark for mark in MARKS if mark in (*known, *one.marks))
            kept[one.item.key] = Said(one.item.due, marks)
    return kept


def _known(told: Told, item: DueItem) -> tuple[int, ...]:
    """The marks that were told of an item's due date, as it is now."""
    said = told.get(item.key)
    return said.marks if said and said.due == item.due else ()
