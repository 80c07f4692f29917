"""What is odd about the dates of records: deadlines are counted from them, so that a slip there moves a deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from generator.intake.eras import wareki
from generator.intake.schema import load_schemas
from generator.model import Contract, Entry
from generator.problems import Problem
from generator.rules import events, words
from generator.rules.events import Moment


def early_dates(contract: Contract) -> Iterator[Problem]:
    """What is recorded happened in the contract's time."""
    start = contract.head.period.start
    for entry in contract.entries:
        schema = load_schemas().records.get(entry.kind)
        for field in schema.day if schema else ():
            moment = events.moment_of(entry.values.get(field))
            if moment is not None and events.day_of(moment) < start:
                title = events.field_title(entry.kind, field)
                message = f"{title} {events.day_of(moment)} は契約の始期 {start} より前です"
                hint = f"日付を確かめてください。契約期間は{wareki(start)}から始まります"
                yield Problem(entry.place(field), words.EARLY_RECORD, message, hint, "warning")


def order_of_dates(contract: Contract) -> Iterator[Problem]:
    """What the schema puts in an order happened in that order."""
    for entry in contract.entries:
        for (earlier, first), (field, second) in pairwise(_filled(entry)):
            if _before(second, first):
                was, came = (events.field_title(entry.kind, name) for name in (earlier, field))
                message = f"{came} {_said(second)} が{was} {_said(first)} より前です"
                hint = f"{was}以後の日時を書いてください"
                yield Problem(entry.place(field), words.OUT_OF_ORDER, message, hint, "warning")


def _filled(entry: Entry) -> list[tuple[str, Moment]]:
    schema = load_schemas().records.get(entry.kind)
    moments = ((field, events.moment_of(entry.values.get(field))) for field in (schema.order if schema else ()))
    return [(field, moment) for field, moment in moments if moment is not None]


def _before(one: Moment, other: Moment) -> bool:
    """Whether one is certainly before the other: a day without a time may be any moment of the day."""
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one < other
    return events.day_of(one) < events.day_of(other)


def _said(moment: Moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, dt.datetime) else moment.isoformat()
