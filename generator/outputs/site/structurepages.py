"""What changed in the support structure and when, for the pages that show the structure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.documents.plan import Document
from generator.model import Entry
from generator.outputs.shown import Shown
from generator.rules import events

STRUCTURE, CHANGES = "support-structure", "structure-changes"


@dataclass(frozen=True)
class Changed:
    """A change of the structure, with the notices made of its record."""

    entry: Entry
    day: dt.date
    documents: tuple[Document, ...]


def changes(shown: Shown, as_of: dt.date) -> list[Changed]:
    """The changes on record up to a day, the newest first."""
    days = ((entry, events.happened_on(entry)) for entry in events.entries_of(shown.contract, CHANGES))
    found = [Changed(entry, day, _notices(shown, entry)) for entry, day in days if day and day <= as_of]
    return sorted(found, key=lambda change: (change.day, change.entry.id), reverse=True)


def of_kind(shown: Shown, kind: str, as_of: dt.date) -> list[Changed] | None:
    """The same for the page of a kind of document; None where the page is not that of the structure."""
    return changes(shown, as_of) if kind == STRUCTURE else None


def _notices(shown: Shown, entry: Entry) -> tuple[Document, ...]:
    return tuple(body.document for body in shown.bodies if _is_of(body.document.entry, entry))


def _is_of(own: Entry | None, entry: Entry) -> bool:
    return own is not None and (own.kind, own.id) == (entry.kind, entry.id)
