"""What every record has, and the period that many share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from generator.problems import Places, Source

NOWHERE = Source("", 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    source: Source = field(default=NOWHERE, compare=False)
    locator: Places | None = field(default=None, compare=False, repr=False)

    def place(self, *path: str | int) -> Source:
        """Where a value inside the record was written: `place("clauses", 0)`; the record's own place if unknown."""
        return self.locator.source_of(path) if self.locator else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """First and last day, both counted."""

    start: dt.date
    end: dt.date
