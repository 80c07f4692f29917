"""期間の集計: what the records of a period come to. Pure: records and a day in, figures out.

Everything is counted on one day each, so the figures of the months of a period add up to those of the period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.batches import BatchRun, batch_runs
from generator.documents.facts import fact
from generator.documents.issues import Issue, issues
from generator.documents.ledger import Series, counted, once, recorded, register
from generator.documents.levels import LevelCount, figures, level_counts, results, unjudged
from generator.documents.works import Work, works
from generator.intake.schema import RECORDS, load_schemas
from generator.model import Contract, Entry, Period, ServiceLevel
from generator.rules import events, fiscal
from generator.rules.events import Row
from generator.rules.levelfigures import Figure
from generator.rules.servicelevels import ServiceResult

INQUIRIES, INCIDENTS = "inquiries", "incidents"
OTHER = ""
"""The name under which things are counted that name nothing."""


@dataclass(frozen=True)
class Tally:
    """How many there were of one sort, and how long they took."""

    name: str
    title: str
    count: int
    minutes: int
    open: int = 0
    """How many of them wait for an answer."""


@dataclass(frozen=True)
class Inquiries:
    """The inquiries received in a period."""

    rows: tuple[Row, ...]
    total: Tally
    sources: tuple[Tally, ...]
    channels: tuple[Tally, ...]
    tasks: tuple[Tally, ...]


@dataclass(frozen=True)
class Incidents:
    """The incidents of a period: counted on the day of contact, the restored ones on the day of restoration."""

    received: tuple[Entry, ...]
    restored: int
    open: int
    """How many of the received ones are not restored."""
    kept: Mapping[str, tuple[str, ...]]
    """The state of each service level that sets a time for a received one, by its id."""
    judged: Mapping[str, tuple[ServiceResult, ...]]
    """The same with all that is to be said of it."""


@dataclass(frozen=True)
class Summary:
    """What the records of a period come to."""

    period: Period
    name: str
    records: Mapping[str, int]
    """How many records, or rows of a register, by kind."""
    works: tuple[Work, ...]
    minutes: int
    """How long the work took of which it is recorded."""
    inquiries: Inquiries
    incidents: Incidents
    levels: tuple[LevelCount, ...]
    """Of the service levels that set a time."""
    figures: tuple[Figure, ...]
    """The months that end in the period, of the service levels that are a figure of each month."""
    unjudged: tuple[ServiceLevel, ...]
    """The service levels that nothing recorded can be held against."""
    issues: tuple[Issue, ...]
    batches: tuple[BatchRun, ...]


def summary(contract: Contract, period: Period, as_of: dt.date, name: str = "") -> Summary:
    """The figures of a period, as things stood at `as_of`."""
    done = works(contract, period, as_of)
    return Summary(
        period=period,
        name=name,
        records={kind: _count(contract, kind, period) for kind in counted(contract)},
        works=done,
        minutes=sum(work.minutes or 0 for work in done),
        inquiries=_inquiries(contract, period, as_of),
        incidents=_incidents(contract, period, as_of),
        levels=level_counts(contract, period, as_of),
        figures=figures(contract, period, as_of),
        unjudged=unjudged(contract),
        issues=issues(contract, period),
        batches=batch_runs(contract, period, as_of),
    )


def monthly(contract: Contract, period: Period, as_of: dt.date) -> list[Summary]:
    """The figures of each month of a period."""
    months = fiscal.spans("month", period)
    return [summary(contract, Period(start=m.start, end=m.end), as_of, m.name) for m in months]


def _count(contract: Contract, kind: str, period: Period) -> int:
    """The records of a kind in a period, of a register its rows."""
    schema = load_schemas().records.get(kind)
    return len((register if schema and schema.rows else recorded)(contract, kind, period))


def _inquiries(contract: Contract, period: Period, as_of: dt.date) -> Inquiries:
    rows = register(contract, INQUIRIES, period)

    def by(field: str) -> tuple[Tally, ...]:
        return _tallied(rows, lambda row: str(row.values.get(field) or OTHER), _order(contract, field), as_of)

    return Inquiries(rows, _tally(OTHER, "計", rows, as_of), by("source"), by("channel"), by("task"))


def _order(contract: Contract, field: str) -> dict[str, str]:
    """The values a field of an inquiry can have, with their titles, in the order of the schema or the plan."""
    if field == "task":
        return {task.id: task.title for task in contract.tasks}
    rule = load_schemas().by_kind[RECORDS + INQUIRIES].rule_at(("items", 0, field))
    return {value: fact(contract, INQUIRIES, f"items.*.{field}", value) for value in rule.get("allowed", ())}


def _tallied(
    rows: Sequence[Row], key: Callable[[Row], str], titles: Mapping[str, str], as_of: dt.date
) -> tuple[Tally, ...]:
    """Rows counted by what `key` says of them, in the order of `titles`, those that say nothing last."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    names = [*(name for name in titles if name in groups), *sorted(groups.keys() - titles.keys(), reverse=True)]
    return tuple(_tally(name, titles.get(name, name or "記載なし"), groups[name], as_of) for name in names)


def _tally(name: str, title: str, rows: Iterable[Row], as_of: dt.date) -> Tally:
    found = list(rows)
    minutes = sum(row.values.get("minutes") or 0 for row in found)
    return Tally(name, title, len(found), minutes, sum(not is_answered(row, as_of) for row in found))


def is_answered(row: Row, on: dt.date) -> bool:
    """Whether an inquiry was answered on a day; an answer without a day counts as given."""
    moment = events.moment_of(row.values.get("answered"))
    return events.day_of(moment) <= on if moment is not None else bool(row.values.get("answer"))


def _incidents(contract: Contract, period: Period, as_of: dt.date) -> Incidents:
    received = _by_field(contract, "contacted").within(period)
    restored = _by_field(contract, "restored").within(period)
    judged: dict[str, tuple[ServiceResult, ...]] = {}
    for result in results(contract, as_of).within(period):
        if result.kind == INCIDENTS:
            judged[result.record] = (*judged.get(result.record, ()), result)
    kept = {name: tuple(result.said for result in of_it) for name, of_it in judged.items()}
    return Incidents(received, len(restored), sum(not is_restored(e, as_of) for e in received), kept, judged)


def is_restored(incident: Entry, on: dt.date) -> bool:
    """Whether an incident was restored on a day."""
    moment = events.moment_of(incident.values.get("restored"))
    return moment is not None and events.day_of(moment) <= on


@once
def _by_field(contract: Contract, field: str) -> Series[Entry]:
    moments = [(events.moment_of(e.values.get(field)), e) for e in events.entries_of(contract, INCIDENTS)]
    return Series.of((events.day_of(moment), entry) for moment, entry in moments if moment)
