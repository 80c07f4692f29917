"""条項 and what answers them, and the clause sets that contracts share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Record):
    """What answers a clause: exactly one of the fields is given."""

    deliverable: str | None = None
    record: str | None = None
    check: str | None = None
    task: str | None = None
    role: str | None = None
    section: str | None = None
    level: str | None = None
    statement: str | None = None

    @property
    def kind(self) -> str:
        """Which of the fields is given."""
        return next(name for name in ANSWER_KINDS if getattr(self, name) is not None)

    @property
    def target(self) -> str:
        """What the given field says."""
        return str(getattr(self, self.kind))


ANSWER_KINDS = ("deliverable", "record", "check", "task", "role", "section", "level", "statement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Record):
    """条項: one numbered unit of a specification or of terms, said in our own words."""

    id: str
    printed: str | None = None
    heading: str
    text: str
    obligor: str
    kind: str
    trigger: str | None = None
    time_limit: str | None = None
    condition: str | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem(Record):
    """確認項目: a question whose yes means compliance."""

    id: str
    category: str
    text: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Record):
    """特記事項・約款: a clause set that contracts share."""

    id: str
    title: str
    issuer: str
    edition: str | None = None
    date: dt.date | None = None
    provenance: str | None = None
    clauses: tuple[Clause, ...] = ()
    check_items: tuple[CheckItem, ...] = ()
