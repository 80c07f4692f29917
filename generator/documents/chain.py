"""The chain: due item → record → document → submission. Which due items a document serves, and what was handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.documents.plan import Document
from generator.model import Submission
from generator.rules import fiscal, states
from generator.rules.dueitem import DueItem


def items_of(document: Document, items: Iterable[DueItem]) -> list[DueItem]:
    """The due items of a contract that a document serves, in their order."""
    numbers = {deliverable.no for deliverable in document.deliverables}
    return [item for item in items if item.deliverable in numbers and _serves(document, item)]


def _serves(document: Document, item: DueItem) -> bool:
    if not _in_scope(document.kind.scope, item.scope):
        return False
    if document.entry is not None:
        return _serves_record(document, item)
    if document.kind.scope == FULL:
        return True
    if item.event is not None:
        return False
    if document.kind.per in ("period", "month"):
        return item.period is None or item.period == document.period
    if document.kind.per == "fiscal_year" and document.period:
        day = item.due or (item.period.start if item.period else None)
        return day is None or fiscal.fiscal_year_of(day) == fiscal.fiscal_year_of(document.period.start)
    return True


FULL = "full"


def _in_scope(kind: str | None, asked: str | None) -> bool:
    """Whether the whole or the delta is what is asked for; where nothing is said, the whole."""
    return kind is None or (asked or FULL) == kind


def _serves_record(document: Document, item: DueItem) -> bool:
    """A record is named by the item's event; otherwise by its own deadline or period."""
    entry = document.entry
    if entry is None:
        return False
    if item.event is not None:
        return (item.event.kind, item.event.id) == (entry.kind, entry.id)
    if "due" in entry.values:
        return bool(item.due == entry.values["due"])
    period = entry.values.get("period")
    if period and item.period:
        return bool((item.period.start, item.period.end) == (period["start"], period["end"]))
    named = entry.values.get("deliverable") == item.deliverable
    return item.period is None and (item.due is None or named)


def submissions_of(document: Document, items: Iterable[DueItem], as_of: dt.date) -> list[Submission]:
    """What was handed over of a document by a day, in order of date."""
    mine = items_of(document, items)
    person = document.person.id if document.person else None
    own = (s for s in document.contract.submissions if s.date <= as_of and states.counts_for(s, person))
    made = [s for s in own if any(states.belongs(s, item) for item in mine)]
    return sorted(made, key=lambda submission: submission.date)


def date_of(document: Document, items: Iterable[DueItem], as_of: dt.date) -> dt.date | None:
    """The date a letter bears: its record's, else the day it was handed over; None leaves the line blank."""
    own = document.entry.values.get(document.kind.dated or "") if document.entry else None
    if isinstance(own, dt.date):
        return own
    made = submissions_of(document, items, as_of)
    return made[-1].date if made else None
