"""The occasions a duty arises on: a period, a record, or once. And what a resolved deadline carries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.intake.eras import wareki_weekday
from generator.model import Contract, Entry
from generator.rules import events
from generator.rules.fiscal import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One time that a rule applies."""

    contract: Contract
    span: Span | None = None
    """The period, for rules with `each` or `periods`."""
    event: Entry | None = None
    """The record, for rules with `event`."""
    on: str | None = None
    """A date printed for this period alone."""
    not_due: str | None = None
    """Why nothing is due (yet), in Japanese: no record of the kind."""
    because: str | None = None
    """The records that make something due for the period, in Japanese."""
    fires: bool = True
    """False for the row that stands for a kind of event that has not happened: there is no date to compute."""

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the period, the day of the record, or the end of the contract."""
        if self.event is not None:
            return events.happened_on(self.event)
        return self.span.end if self.span else self.contract.head.period.end

    @property
    def last_day_name(self) -> str:
        """What `last_day` is called."""
        if self.event is not None:
            return events.field_title(self.event.kind, events.main_field(self.event))
        return "対象期間の末日" if self.span else "契約期間の終期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The date a phrase gives on an occasion, with the steps that led to it."""

    day: dt.date | None = None
    time: str | None = None
    """`16:30` where the deadline runs in hours."""
    steps: tuple[str, ...] = ()
    waits: str | None = None
    """What has to be recorded first (`復旧日時`), when there is no date yet."""
    broken: str | None = None
    """Why the rule cannot be computed at all."""
    before_start: bool = False
    """The date lies in the part of the period that is before the contract: nothing is due."""
    no_such_day: bool = False
    """The month has no such day, as most have no fifth Monday: nothing is due."""
    roll: str | None = None
    """How the words that gave the date move it off a closed day."""
    midnight: bool = False
    """The first day is counted only by 民法140条ただし書: the other reading is worth showing."""
    by_midnight: dt.date | None = None
    """The day where months are counted back from the midnight that ends a month, when that is another one."""
    provisional: bool = False
    """Open days were counted across an equinox not yet announced."""


def said(day: dt.date) -> str:
    """`令和8年4月7日（火）`."""
    return wareki_weekday(day)
