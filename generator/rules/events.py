"""Records as deadlines see them: which field holds the day a record belongs to, and what it is called.

All of it is written in the schemas under `schemas/records/`: `day` and the titles of the date fields.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.intake.eras import NotADate, parse_date
from generator.intake.schema import Schema, kept_by_schemas, load_schemas
from generator.model import Contract, Entry, Period

Moment = dt.date | dt.datetime
Where = Mapping[str, str | Sequence[str]]
"""Values that a record has to have, by field."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records: its Japanese title, and its date fields with titles, the one that counts first."""

    title: str
    dates: Mapping[str, str]


@kept_by_schemas
def kinds() -> Mapping[str, Kind]:
    """Kinds of records by the name of their folder."""
    return {name: Kind(schema.title, dict(_dates(schema))) for name, schema in load_schemas().records.items()}


def _dates(schema: Schema) -> Iterator[tuple[str, str]]:
    dated = [name for name, rule in schema.fields.items() if rule.get("type") in ("date", "moment")]
    for name in dict.fromkeys((*schema.day, *dated)):
        yield name, schema.fields[name]["meta"]["title"]


_CLOCK = re.compile(r"(.+?)[T ]+(\d{1,2}):(\d{2})(?::\d{2})?$")


def kind_title(kind: str) -> str:
    """`障害`, or the folder's name in brackets."""
    return kinds()[kind].title if kind in kinds() else f"「{kind}」"


def field_title(kind: str, field: str) -> str:
    """`復旧日時`, or the field's name in brackets."""
    return dates_of(kind).get(field, f"「{field}」")


def dates_of(kind: str) -> Mapping[str, str]:
    """The date fields of a kind with their titles; empty for a kind without a schema."""
    return kinds()[kind].dates if kind in kinds() else {}


def entries_of(contract: Contract, kind: str, where: Where | None = None) -> list[Entry]:
    """The records of a kind that match, by id."""
    found = (e for e in contract.entries if e.kind == kind and matches(e, where or {}))
    return sorted(found, key=lambda entry: entry.id)


def counts(entry: Entry, kind: str | None, where: Where | None = None) -> bool:
    """Whether a record is an event of a rule."""
    return entry.kind == kind and matches(entry, where or {})


def moment_of(value: object) -> Moment | None:
    """The day or moment a value holds; None when it holds none."""
    if isinstance(value, dt.date):
        return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    if not isinstance(value, str):
        return None
    try:
        if match := _CLOCK.match(value.strip()):
            day = parse_date(match[1])
            return day and dt.datetime.combine(day, dt.time(int(match[2]), int(match[3])))
        return parse_date(value)
    except (NotADate, ValueError):
        return None


def day_of(moment: Moment) -> dt.date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def main_field(entry: Entry) -> str:
    """The field that says on which day the record belongs: the first known one that is filled."""
    fields: Iterable[str] = dates_of(entry.kind) or entry.values
    filled = [field for field in fields if moment_of(entry.values.get(field)) is not None]
    return next(iter(filled), next(iter(fields), ""))


def happened_on(entry: Entry) -> dt.date | None:
    """The day of a record, or None while no date is filled in."""
    moment = moment_of(entry.values.get(main_field(entry)))
    return day_of(moment) if moment is not None else None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register: one of many in a file."""

    entry: Entry
    index: int
    values: Mapping[str, Any]
    day: dt.date | None


def rows_of(contract: Contract, kind: str, period: Period | None = None) -> list[Row]:
    """The rows of a register in order of day, only those of a period where one is given."""
    found = [row for entry in contract.entries if entry.kind == kind for row in rows_in(entry)]
    inside = [row for row in found if period is None or (row.day and period.start <= row.day <= period.end)]
    return sorted(inside, key=lambda row: (row.day or dt.date.max, row.entry.id, row.index))


def rows_in(entry: Entry) -> Iterator[Row]:
    """The rows of one file of a register; none where the kind is no register."""
    schema = load_schemas().records.get(entry.kind)
    field, day = schema.rows if schema and schema.rows else ("", "")
    for index, values in enumerate(entry.values.get(field) or ()):
        moment = moment_of(values.get(day))
        yield Row(entry, index, values, day_of(moment) if moment else None)


def is_register(entry: Entry) -> bool:
    """Whether a record is a register, whose rows have days of their own."""
    schema = load_schemas().records.get(entry.kind)
    return bool(schema and schema.rows)


def span_of(entry: Entry) -> list[dt.date]:
    """The days of a record in order, those of everything that happened in its course too."""
    schema = load_schemas().records.get(entry.kind)
    moments = (moment_of(entry.values.get(field)) for field in (schema.order if schema else ()))
    return sorted({*days_of(entry), *(day_of(moment) for moment in moments if moment)})


def days_of(entry: Entry) -> list[dt.date]:
    """The days a record tells of: its own, or those of its rows."""
    schema = load_schemas().records.get(entry.kind)
    if schema and schema.rows:
        return [row.day for row in rows_in(entry) if row.day]
    day = happened_on(entry)
    return [day] if day else []


def matches(entry: Entry, where: Where) -> bool:
    """Whether a record has these values, or one of them where several are named; a list has a value it holds."""
    return all(set(either(wanted)) & set(_texts(entry.values.get(field))) for field, wanted in where.items())


def either(wanted: str | Sequence[str]) -> Sequence[str]:
    """The values that will do: one, or several."""
    return (wanted,) if isinstance(wanted, str) else wanted


def _texts(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]
