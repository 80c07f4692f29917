"""Which due item a record answers, where the item does not arise from the record itself.

A record that says which deadline it is for (`due`) answers that one. One that says which `period` it tells of answers
the item of that period, or the one whose period it shares most with. Any other goes by its day: what happened on a day
answers the item of the period it happened in; a letter, and whatever is due before its period begins, the due date
nearest to it. An item that was handed over before that day is left out, and a date that is past counts only where it is
nearer than the next one and no earlier record has answered it. No record answers two dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.documents.kinds import Kind
from generator.intake.schema import load_schemas
from generator.model import Entry, Period, Submission
from generator.rules import events, states
from generator.rules.dueitem import DueItem

Thing = tuple[dt.date, dt.date | None]
"""What items of several media and scopes share: their due date, and the first day of their period."""


@dataclass(frozen=True)
class Answer:
    """A due item that a record answers."""

    key: str
    due: dt.date | None


@dataclass(frozen=True)
class _Told:
    """A record with the day it goes by."""

    entry: Entry
    day: dt.date | None
    letter: bool
    """Whether that is the day of the letter, not the day something happened."""


def answers(
    kind: Kind,
    entries: Iterable[Entry],
    items: Iterable[DueItem],
    submissions: Iterable[Submission],
    alone: Collection[str],
) -> dict[str, tuple[Answer, ...]]:
    """What records of a kind answer of the items of one deliverable, by the id of the record.

    `alone` are the ids of those that are meant for this deliverable only; of the others only what they name counts.
    """
    items = list(items)
    own = [item for item in items if item.event is None and (item.due or item.period)]
    open_items = _Open.of(own, submissions)
    told = sorted((_told(entry, kind) for entry in entries), key=lambda one: (one.day or dt.date.max, one.entry.id))
    found: dict[str, tuple[Answer, ...]] = {}
    for one in told:
        free = one.entry.id in alone and not _has_date_of_its_own(one.entry, items)
        chosen = _of_record(one, own, open_items, free)
        open_items.taken.update(item.key for item in chosen)
        found[one.entry.id] = tuple(Answer(item.key, item.due) for item in chosen)
    return found


def _told(entry: Entry, kind: Kind) -> _Told:
    schema = load_schemas().records.get(entry.kind)
    written = entry.values.get(kind.dated or "")
    if schema and kind.dated in schema.day and isinstance(written, dt.date):
        return _Told(entry, events.day_of(written), letter=True)
    return _Told(entry, events.happened_on(entry), letter=False)


def _has_date_of_its_own(entry: Entry, items: Iterable[DueItem]) -> bool:
    """Whether a date is counted from the record: then it is not for another."""
    return any(item.due and item.event and (item.event.kind, item.event.id) == (entry.kind, entry.id) for item in items)


@dataclass(frozen=True)
class _Open:
    """What was still to be handed over on a day, and what no earlier record had answered."""

    made: Mapping[str, Sequence[Submission]]
    """What was handed over of each item, in order of date."""
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, items: Iterable[DueItem], submissions: Iterable[Submission]) -> _Open:
        """Of these items, before any record is looked at."""
        by_date = sorted(submissions, key=lambda submission: submission.date)
        return cls({item.key: [s for s in by_date if states.belongs(s, item)] for item in items})

    def on(self, item: DueItem, day: dt.date) -> bool:
        """Whether nothing had been handed over of an item before a day, or it had come back."""
        before = [submission for submission in self.made[item.key] if submission.date < day]
        returned = before[-1].returned if before else None
        return not before or (returned is not None and returned <= day)

    def missed(self, item: DueItem, day: dt.date) -> bool:
        """The same of an item that is past, unless another record is there for it."""
        return self.on(item, day) and item.key not in self.taken


def _of_record(one: _Told, items: Sequence[DueItem], open_items: _Open, by_day: bool) -> list[DueItem]:
    values = one.entry.values
    if "due" in values:
        return [item for item in items if item.due == values["due"]]
    if written := values.get("period"):
        period = Period(start=written["start"], end=written["end"])
        if any(item.period for item in items):
            return _nearest(_sharing(period, items), period.end, open_items)
        return _nearest(items, period.end, open_items) if by_day else []
    if one.day is None or not by_day:
        return []
    return _of_day(one.day, one.letter, items, open_items)


def _sharing(period: Period, items: Iterable[DueItem]) -> list[DueItem]:
    """The items of that period; else those of the period with which it shares most days, the later one of two."""
    ranked = [((own == period, _days_shared(period, own), own.start), item) for item in items if (own := item.period)]
    best = max((rank for rank, _ in ranked if rank[1]), default=None)
    return [item for rank, item in ranked if rank == best]


def _days_shared(first: Period, second: Period) -> int:
    return max((min(first.end, second.end) - max(first.start, second.start)).days + 1, 0)


def _of_day(day: dt.date, letter: bool, items: Sequence[DueItem], open_items: _Open) -> list[DueItem]:
    inside = [item for item in items if _tells_of(item, letter) and _holds(item.period, day)]
    near = [item for item in items if item.due and not _tells_of(item, letter)]
    return _nearest(inside or near, day, open_items)


def _tells_of(item: DueItem, letter: bool) -> bool:
    """Whether an item asks for what happened in its period, as far as a day can tell: a plan is due before it."""
    if item.due is None:
        return True
    return item.period is not None and not letter and item.due >= item.period.start


def _holds(period: Period | None, day: dt.date) -> bool:
    return period is not None and period.start <= day <= period.end


def _nearest(items: Iterable[DueItem], day: dt.date, open_items: _Open) -> list[DueItem]:
    """Of some items those of one date: the next open one, unless one that was missed is nearer than any; else the last."""
    items = list(items)
    every = sorted(_dates(items))
    ahead = sorted(_dates(item for item in items if item.due and item.due >= day and open_items.on(item, day)))
    missed = sorted(_dates(item for item in items if item.due and item.due < day and open_items.missed(item, day)))
    coming = next((due for due, _ in every if due >= day), None)
    if missed and (coming is None or (day - missed[-1][0]) < (coming - day)):
        chosen: Thing | None = missed[-1]
    else:
        chosen = ahead[0] if ahead else every[-1] if every else None
    return [item for item in items if item.due is None or _thing(item, item.due) == chosen]


def _dates(items: Iterable[DueItem]) -> Iterator[Thing]:
    return (_thing(item, item.due) for item in items if item.due)


def _thing(item: DueItem, due: dt.date) -> Thing:
    return due, item.period.start if item.period else None
