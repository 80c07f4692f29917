"""What is planned, checked, handed over and recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.base import Period, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """作業 of the year: how often, in which months, by whom."""

    id: str
    title: str
    category: str | None = None
    each: str | None = None
    months: tuple[int, ...] = ()
    dates: tuple[dt.date, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    done: tuple[dt.date, ...] = ()
    role: str | None = None
    count: str | None = None
    clauses: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer(Record):
    """The answer to one check item; a blank stays blank."""

    item: str
    answer: str | None = None
    measure: str | None = None
    evidence: str | None = None
    reason: str | None = None
    date: dt.date | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Record):
    """checklist.yml."""

    period: Period | None = None
    officer: str | None = None
    answers: tuple[CheckAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedFile(Record):
    """A PDF that was handed over."""

    document: str
    path: str
    """Below the site, under the contract's id of that time."""
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Record):
    """提出 of one due item, and what the authority said of it."""

    deliverable: str
    due: dt.date | None = None
    undated: bool = False
    """Whether it is for the duty without a date (直ちに) only, where the same record has one with a date as well."""
    period: dt.date | None = None
    scope: str | None = None
    medium: str | None = None
    event: str | None = None
    person: str | None = None
    """Of what is made for each person, whose it is; None for all of them."""
    date: dt.date
    time: str | None = None
    """`19:30`, where a deadline runs in hours."""
    recorded: dt.date | None = None
    by: str | None = None
    accepted: dt.date | None = None
    returned: dt.date | None = None
    reason: str | None = None
    note: str | None = None
    commit: str | None = None
    made_with: str | None = None
    files: tuple[SubmittedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """A record of something that happened: one file under records/<kind>/."""

    kind: str
    id: str
    values: Mapping[str, Any]
