"""What is odd about the dates of records: deadlines are counted from them, so that a slip there moves a deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from generator.intake.eras import wareki
from generator.model import Contract, Entry
from generator.problems import Problem
from generator.rules import events, words
from generator.rules.events import KINDS, Moment

ORDER = {"incidents": ("occurred", "contacted", "started", "restored")}
"""The date fields of a kind in the order in which things happen."""


def early_dates(contract: Contract) -> Iterator[Problem]:
    """What is recorded happened in the contract's time."""
    start = contract.head.period.start
    for entry in contract.entries:
        for field in KINDS[entry.kind].dates if entry.kind in KINDS else ():
            moment = events.moment_of(entry.values.get(field))
            if moment is not None and events.day_of(moment) < start:
                title = events.field_title(entry.kind, field)
                message = f"{title} {events.day_of(moment)} は契約の始期 {start} より前です"
                hint = f"日付を確かめてください。契約期間は{wareki(start)}から始まります"
                yield Problem(entry.place(field), words.EARLY_RECORD, message, hint, "warning")


def order_of_dates(contract: Contract) -> Iterator[Problem]:
    """An incident is restored after work on it began, and that after it was reported."""
    for entry in contract.entries:
        for (earlier, first), (field, second) in pairwise(_filled(entry)):
            if _before(second, first):
                was, came = (events.field_title(entry.kind, name) for name in (earlier, field))
                message = f"{came} {_said(second)} が{was} {_said(first)} より前です"
                hint = f"{was}以後の日時を書いてください"
                yield Problem(entry.place(field), words.OUT_OF_ORDER, message, hint, "warning")


def _filled(entry: Entry) -> list[tuple[str, Moment]]:
    moments = ((field, events.moment_of(entry.values.get(field))) for field in ORDER.get(entry.kind, ()))
    return [(field, moment) for field, moment in moments if moment is not None]


def _before(one: Moment, other: Moment) -> bool:
    """Whether one is certainly before the other: a day without a time may be any moment of the day."""
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one < other
    return events.day_of(one) < events.day_of(other)


def _said(moment: Moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, dt.datetime) else moment.isoformat()
