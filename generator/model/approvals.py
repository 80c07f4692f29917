"""承認: who prepared, checked or approved what a document says, and which documents have boxes for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Record):
    """One person's word for what a document said at a moment."""

    document: str
    role: str
    person: str
    at: dt.datetime
    content: str
    chapters: str = ""
    """The fingerprints of its chapters, parted by blanks."""
    commit: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalBoxes(Record):
    """Which documents of a contract have boxes for approvals, and which boxes."""

    roles: tuple[str, ...] = ("prepared", "checked", "approved")
    documents: tuple[str, ...] = ()
    separate: bool = False
