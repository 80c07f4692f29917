"""The chain: due item → record → document → submission. Which due items a document serves, and what was handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.documents.currentdays import stated_on
from generator.documents.instances import opens
from generator.documents.plan import Document
from generator.model import Submission
from generator.rules import fiscal, states
from generator.rules.dueitem import DueItem
from generator.rules.labels import ORAL


def items_of(document: Document, items: Iterable[DueItem]) -> list[DueItem]:
    """The due items of a contract that a document serves, in their order."""
    numbers = {deliverable.no for deliverable in document.deliverables}
    return [item for item in items if item.deliverable in numbers and _serves(document, item)]


def _serves(document: Document, item: DueItem) -> bool:
    if item.medium == ORAL or not _in_scope(document.kind.scope, item.scope):
        return False
    if document.entry is not None:
        return _serves_record(document, item)
    if document.kind.per == "contract" and (day := _stated_on(document, item)) is not None:
        return day == document.instance.day
    if document.instance.day is not None:
        return False
    if document.kind.scope == FULL:
        return True
    if item.event is not None:
        return False
    if document.kind.per in ("period", "month"):
        return item.period is None or item.period == document.period
    if document.kind.per == "fiscal_year" and document.period:
        year = _year_of(item)
        return year is None or year == fiscal.fiscal_year_of(document.period.start)
    return True


def _stated_on(document: Document, item: DueItem) -> dt.date | None:
    """The day whose state is asked for with an item."""
    own = (deliverable for deliverable in document.deliverables if deliverable.no == item.deliverable)
    return next((stated_on(deliverable, item) for deliverable in own), None)


def _year_of(item: DueItem) -> int | None:
    """The fiscal year an item is about: that of its date, unless it is due before a period that begins in the next."""
    if opens(item) is None and item.due is not None:
        return fiscal.fiscal_year_of(item.due)
    return fiscal.fiscal_year_of(item.period.start) if item.period else None


FULL = "full"


def _in_scope(kind: str | None, asked: str | None) -> bool:
    """Whether the whole or the delta is what is asked for; where nothing is said, the whole."""
    return kind is None or (asked or FULL) == kind


def _serves_record(document: Document, item: DueItem) -> bool:
    """A record is named by the item's event; otherwise it answers what `answers` says, or what has no date at all."""
    entry = document.entry
    if entry is None:
        return False
    if item.event is not None:
        return (item.event.kind, item.event.id) == (entry.kind, entry.id)
    if item.due is None and item.period is None:
        return "due" not in entry.values
    return any(answer.key == item.key for answer in document.instance.answers)


def submissions_of(document: Document, items: Iterable[DueItem], as_of: dt.date) -> list[Submission]:
    """What was handed over of a document by a day, in order of date."""
    mine = items_of(document, items)
    person = document.person.id if document.person else None
    own = (s for s in document.contract.submissions if s.date <= as_of and states.counts_for(s, person))
    made = [s for s in own if any(states.belongs(s, item) for item in mine)]
    return sorted(made, key=lambda submission: submission.date)


def date_of(document: Document, items: Iterable[DueItem], as_of: dt.date) -> dt.date | None:
    """The date a letter bears: its record's, else the day it was handed over; None leaves the line blank."""
    entry = None if document.instance.further else document.entry
    own = entry.values.get(document.kind.dated or "") if entry else None
    if isinstance(own, dt.date):
        return own
    made = submissions_of(document, items, as_of)
    return made[-1].date if made else None
