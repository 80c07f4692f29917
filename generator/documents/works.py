"""作業の実績: what was done, by whom and how long, from every record that says when it was done.

Nothing is typed twice: a record of any kind with a start, an end and people is a piece of work; the recovery of an
incident is one unless a record of work names the incident; so is each row of the daily register.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.documents.facts import fact
from generator.documents.ledger import Series, once
from generator.intake.schema import RECORDS, load_schemas
from generator.model import Contract, Entry, Period
from generator.rules import events

DAILY = "daily"
RECOVERY = "障害復旧作業"

Moment = dt.date | dt.datetime


@dataclass(frozen=True)
class Work:
    """One piece of work."""

    start: Moment
    """A day where the time of day is not recorded."""
    end: dt.datetime | None
    """None where it is not recorded, or while the work goes on."""
    people: tuple[str, ...]
    """Names."""
    title: str
    content: str
    remarks: str
    kind: str
    kind_title: str
    """What sort of record tells of it; empty for records of work and the daily register."""
    entry: Entry
    task: str | None = None
    """The task of the plan."""
    category: str | None = None
    minutes: int | None = None
    count: int | None = None
    """How many were handled."""
    inspection: tuple[Mapping[str, Any], ...] = ()
    going_on: bool = False
    """Whether it is the recovery of an incident that is not over."""

    @property
    def day(self) -> dt.date:
        """The day it belongs to."""
        return events.day_of(self.start)

    @property
    def timed(self) -> bool:
        """Whether the time of day is known."""
        return isinstance(self.start, dt.datetime)


def works(contract: Contract, period: Period, as_of: dt.date = dt.date.max) -> tuple[Work, ...]:
    """The work begun in a period, in order of its start; a recovery that was not over at `as_of` still goes on."""
    return tuple(_seen_from(work, as_of) for work in _series(contract).within(period))


def _seen_from(work: Work, as_of: dt.date) -> Work:
    if work.kind == "incidents" and work.end and work.end.date() > as_of:
        return replace(work, end=None, minutes=None, going_on=True)
    return work


@once
def _series(contract: Contract) -> Series[Work]:
    teller = _Teller(contract)
    done = sorted(teller.every(), key=lambda work: (_instant(work.start), work.kind, work.entry.id))
    return Series.of((work.day, work) for work in done)


def _instant(moment: Moment) -> dt.datetime:
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time())


class _Teller:
    """Tells records as work, with what it takes to find names."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.names = {person.id: person.name for person in contract.staff.people}
        self.tasks = {task.id: task.title for task in contract.tasks}
        self.told: dict[tuple[str, str], list[Entry]] = {}
        for work in contract.entries:
            for key, kind in _NAMED_BY_WORK.items() if work.kind == "work" else ():
                if name := work.values.get(key):
                    self.told.setdefault((kind, name), []).append(work)

    def every(self) -> Iterator[Work]:
        """Every piece of work, in no order."""
        for entry in self.contract.entries:
            if entry.kind == DAILY:
                yield from (self.daily(row) for row in events.rows_in(entry))
            elif self.is_told(entry):
                continue
            elif entry.kind == "incidents":
                yield from self.recovery(entry)
            else:
                yield from self.timed(entry)

    def is_told(self, entry: Entry) -> bool:
        """Whether records of work tell of a record's own hours: they name it, and lie in them."""
        first, last = ("started", "restored") if entry.kind == "incidents" else ("start", "end")
        start, end = (entry.values.get(field) for field in (first, last))
        works = (work.values for work in self.told.get((entry.kind, entry.id), ()))
        return any(not start or (work["start"] < (end or dt.datetime.max) and start < work["end"]) for work in works)

    def timed(self, entry: Entry) -> Iterator[Work]:
        """A record that carries a start, an end and people."""
        values = entry.values
        start, end = values.get("start"), values.get("end")
        people = values.get("people") or _who_attended(values.get("attendees"))
        if not (isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and people):
            return
        plain = entry.kind == "work"
        yield Work(
            start=start,
            end=end,
            people=self.people(people),
            title=str(values.get("title", entry.id)),
            content=self.said(entry, _CONTENT.get(entry.kind, ("content", "result"))),
            remarks=self.said(entry, _REMARKS.get(entry.kind, ("remarks",))),
            kind=entry.kind,
            kind_title="" if plain else events.kind_title(entry.kind),
            entry=entry,
            task=values.get("task"),
            category=values.get("category"),
            minutes=_minutes(start, end),
            count=values.get("count"),
            inspection=tuple(values.get("inspection") or ()),
        )

    def recovery(self, entry: Entry) -> Iterator[Work]:
        """The recovery of an incident, from its start to the restoration; none before it has started."""
        values = entry.values
        start, end = values.get("started"), values.get("restored")
        if not isinstance(start, dt.datetime):
            return
        over = end if isinstance(end, dt.datetime) else None
        yield Work(
            start=start,
            end=over,
            people=self.people(values.get("people") or ()),
            title=str(values.get("title", entry.id)),
            content=self.said(entry, ("actions", "result")),
            remarks=self.said(entry, ("workaround",)),
            kind=entry.kind,
            kind_title=RECOVERY,
            entry=entry,
            category="incident",
            # Of a recovery that ran over several days nobody has recorded how many hours were worked.
            minutes=_minutes(start, over) if over and over.date() == start.date() else None,
            going_on=over is None,
        )

    def daily(self, row: events.Row) -> Work:
        """A row of the daily register: a day, without times."""
        values = row.values
        task = values.get("task")
        return Work(
            start=row.day or dt.date.max,
            end=None,
            people=self.people([values["person"]] if values.get("person") else ()),
            title=self.tasks.get(str(task), events.kind_title(DAILY)),
            content=str(values.get("content") or ""),
            remarks=str(values.get("remarks") or ""),
            kind=DAILY,
            kind_title="",
            entry=row.entry,
            task=task,
            minutes=values.get("minutes"),
            count=values.get("count"),
        )

    def people(self, ids: Sequence[str]) -> tuple[str, ...]:
        """People by name."""
        return tuple(self.names.get(one, one) for one in ids)

    def said(self, entry: Entry, fields: Sequence[str]) -> str:
        """Fields of a record in words, a line each; what does not speak for itself under its title."""
        told = ((name, self.words(entry, name)) for name in fields if entry.values.get(name))
        return "\n".join(words if name in _PLAIN else f"{_title(entry.kind, name)}　{words}" for name, words in told)

    def words(self, entry: Entry, field: str) -> str:
        """A field in words; sentences of a list on a line each."""
        value = entry.values[field]
        if isinstance(value, list) and any("。" in str(one) for one in value):
            return "\n".join(str(one).strip() for one in value)
        return fact(self.contract, entry.kind, field, value).strip()


def _title(kind: str, field: str) -> str:
    return str(load_schemas().by_kind[RECORDS + kind].fields[field]["meta"]["title"])


def _who_attended(attendees: Any) -> Sequence[str]:
    """Those of the vendor at a meeting; all who were taught at a training."""
    return (attendees.get("vendor") if isinstance(attendees, Mapping) else attendees) or ()


_NAMED_BY_WORK = {"incident": "incidents", "change": "changes"}
"""By which fields a record of work tells of another record, and of which kind."""

_CONTENT = {
    "work": ("content",),
    "inspections": ("findings",),
    "meetings": ("agenda", "content"),
    "patches": ("product", "targets", "result"),
}
"""The fields that say what was done, where they are not `content` and `result`."""

_PLAIN = ("content", "findings", "actions", "result", "remarks", "action")
"""Fields that need no title: they say in sentences what was done."""

_REMARKS = {"inspections": ("action",), "patches": ("reason",), "meetings": ("decisions",)}
"""The fields that say what else there is to say, where it is not `remarks`."""


def _minutes(start: dt.datetime, end: dt.datetime) -> int:
    return int((end - start).total_seconds()) // 60
