"""現在日: the day whose state a register or a roster has to show (９月末及び３月末現在), one document for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.documents.answers import Answer
from generator.model import Deliverable
from generator.rules.dueitem import DueItem

DUE, PERIOD_START = "due", "period.start"
"""What may be written as the day, beside the end of the period."""


def stated_on(deliverable: Deliverable, item: DueItem) -> dt.date | None:
    """The day whose state is asked for with an item; None where it is that of the day of making it."""
    if deliverable.current == DUE:
        return item.due
    if deliverable.current is None or item.period is None:
        return None
    return item.period.start if deliverable.current == PERIOD_START else item.period.end


def stated(deliverable: Deliverable, items: Iterable[DueItem]) -> dict[dt.date, tuple[Answer, ...]]:
    """The days whose state a deliverable asks for, each with the items that ask for it."""
    found: dict[dt.date, tuple[Answer, ...]] = {}
    for item in items:
        if item.deliverable == deliverable.no and (day := stated_on(deliverable, item)) is not None:
            found[day] = (*found.get(day, ()), Answer(item.key, item.due))
    return found
