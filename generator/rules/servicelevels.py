"""Incidents, accidents and inquiries held against the service levels that set a time. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.intake.schema import load_schemas
from generator.model import Contract, Entry, ServiceLevel
from generator.problems import Source
from generator.rules import events
from generator.rules.events import Row
from generator.rules.measures import MEASURES, START, Measure, measure_of
from generator.rules.opendays import Almanac, OpenDays
from generator.rules.serviceclock import Targets, targets

MET = "達成"
MISSED = "未達"
OPEN = "待ち"
STATES = (MET, MISSED, OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResult:
    """One record held against one service level."""

    kind: str
    """The kind of record."""
    record: str
    """Its id, or that of a row of a register."""
    level: str
    title: str
    """What the level is called."""
    measure: Measure
    begun: dt.datetime
    """When the time began to run."""
    done: dt.datetime | None
    """When it was started, restored, answered …; None while nothing is recorded."""
    targets: Targets
    state: str
    """達成, 未達 or 待ち."""

    @property
    def said(self) -> str:
        """The state in the words of its measure: `着手待ち`."""
        return self.measure.waiting if self.state == OPEN else self.state

    @property
    def incident(self) -> str:
        """The id of the incident; empty where another kind of record is held against the level."""
        return self.record if self.kind == "incidents" else ""

    @property
    def contacted(self) -> dt.datetime:
        """When the time began to run."""
        return self.begun

    @property
    def started(self) -> dt.datetime | None:
        """When work was started; None where that is not what is measured."""
        return self.done if self.measure is MEASURES[START] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A record of which cannot be said whether a level was kept: it leaves out what that hangs on."""

    record: Entry
    """A row of a register stands as a record of its own."""
    level: str
    day: dt.date | None
    why: str
    """`重大度の記載なし`."""
    uncalled: bool = False
    """Whether it may be that nothing was called for, and so nothing is left out."""


def judged(target: dt.datetime, done: dt.datetime | None, as_of: dt.date) -> str:
    """Met, missed, or still open at a day."""
    if done is not None:
        return MET if done <= target else MISSED
    return MISSED if target.date() < as_of else OPEN


def service_results(contract: Contract, as_of: dt.date, kind: str | None = None) -> list[ServiceResult]:
    """Every record, or those of one kind, against every service level that sets a time for it, in the order in which
    the times began; those of one record in the order of the levels."""
    found = [one for one in _held(contract, as_of, kind) if isinstance(one, ServiceResult)]
    return sorted(found, key=lambda one: (one.begun, one.kind, one.record))


def undecided(contract: Contract) -> list[Undecided]:
    """The records that leave out what a service level needs, by level and id."""
    found = [one for one in _held(contract, dt.date.max) if isinstance(one, Undecided)]
    return sorted(found, key=lambda one: (one.level, one.record.id))


def records_of(contract: Contract, kind: str) -> Iterator[Entry]:
    """The records of a kind by id; of a register, each row as a record of its own."""
    for entry in events.entries_of(contract, kind):
        if not events.is_register(entry):
            yield entry
        for row in events.rows_in(entry):
            name = str(row.values.get("id", row.index + 1))
            yield replace(entry, id=name, values=row.values, source=place_of(row))


def place_of(row: Row, *path: str) -> Source:
    """Where a row of a register was written, or a value in it."""
    rows = load_schemas().records[row.entry.kind].rows
    return row.entry.place(*rows[:1] if rows else (), row.index, *path)


def _held(contract: Contract, as_of: dt.date, kind: str | None = None) -> Iterator[ServiceResult | Undecided]:
    days = Almanac(contract).work
    for level in contract.head.service_levels:
        measure = measure_of(level)
        if measure is None or kind not in (None, measure.kind):
            continue
        for record in records_of(contract, measure.kind):
            if found := _hold(record, level, measure, days, as_of):
                yield found


def _hold(
    record: Entry, level: ServiceLevel, measure: Measure, days: OpenDays, as_of: dt.date
) -> ServiceResult | Undecided | None:
    """What becomes of a record; None where the level is not for it."""
    begun, done = (_first(record, fields) for fields in (measure.begins, measure.ends))
    day = begun.date() if begun else events.happened_on(record)
    lacking = wanting(record, level, measure)
    if lacking is None or (level.start and day and day < level.start):
        return None
    if lacking or begun is None:
        return Undecided(record=record, level=level.id, day=day, why=lacking or _unsaid(measure, measure.begins[0]))
    found = targets(begun, level, days, measure.begun)
    if done is None and (measure.uncalled or (measure.told and record.values.get(measure.told))):
        why = _unsaid(measure, measure.ends[0])
        return Undecided(record=record, level=level.id, day=day, why=why, uncalled=measure.uncalled)
    return ServiceResult(
        kind=record.kind,
        record=record.id,
        level=level.id,
        title=level.title,
        measure=measure,
        begun=begun,
        done=done,
        targets=found,
        state=judged(found.target, done, as_of),
    )


def wanting(record: Entry, level: ServiceLevel, measure: Measure) -> str | None:
    """What a record leaves out that says whether a level is for it; empty where it is, None where it is not."""
    lacking = ""
    for field, wanted in (level.where or {}).items():
        rule = rule_of(measure.kind, field)
        value = record.values.get(field, False if rule.get("type") == "boolean" else None)
        if value is None:
            lacking = lacking or _unsaid(measure, field)
        elif not events.matches(replace(record, values={field: value}), {field: wanted}):
            return None
    return lacking


def rule_of(kind: str, field: str) -> Mapping[str, Any]:
    """The schema's rule of a field of a record, or of the rows of a register; empty where there is none."""
    schema = load_schemas().records[kind]
    return schema.rule_at((schema.rows[0], 0, field) if schema.rows else (field,))


def _unsaid(measure: Measure, field: str) -> str:
    title = rule_of(measure.kind, field).get("meta", {}).get("title", field)
    return f"{title}の記載なし"


def _first(record: Entry, fields: Sequence[str]) -> dt.datetime | None:
    moments = (events.moment_of(record.values.get(field)) for field in fields)
    return next((moment for moment in moments if isinstance(moment, dt.datetime)), None)
