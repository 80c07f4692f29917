"""What a new record is called: after the habit of the records there are, never by a rule of our own over theirs.

A habit is a form (`2026-004`, `2026-06-16`, `2026-06`, `2026`) with the date it is taken from: the day of the record, or
the period of an invoice. Where the records have names (`ward-office`), a name has to be given.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.intake.schema import Schema, load_schemas
from generator.model import Contract, Entry
from generator.rules import events
from generator.rules.fiscal import fiscal_year_of

SERIAL, DAY, MONTH, YEAR = "serial", "day", "month", "year"

_FORMS = {
    SERIAL: re.compile(r"(\d{4})-(\d{3,})\Z"),
    DAY: re.compile(r"(\d{4}-\d{2}-\d{2})(?:-.+)?\Z"),
    MONTH: re.compile(r"(\d{4}-\d{2})(?:-\d)?\Z"),
    YEAR: re.compile(r"(\d{4})(?:-\d)?\Z"),
}
_WIDTH = 3


@dataclass(frozen=True)
class Habit:
    """How the records of a kind are called."""

    form: str
    field: tuple[str, ...]
    """The path of the date in a record; empty where none was recognised."""
    fiscal: bool = False
    """Whether the year is the fiscal year."""


def habit(kind: str, contracts: Iterable[Contract]) -> Habit | None:
    """The habit of the first of these contracts that has records of the kind; None where the records have names."""
    schema = load_schemas().records[kind]
    for contract in contracts:
        if entries := [entry for entry in contract.entries if entry.kind == kind]:
            return _habit(schema, entries)
    return Habit(_register_form(schema) if schema.rows else SERIAL, (), bool(schema.rows))


def _register_form(schema: Schema) -> str:
    """A row that has a second day, such as that of a return, goes on for longer than a month: a file for each year."""
    field = schema.rows[0] if schema.rows else ""
    rules = (schema.rule_at((field, 0, key)) for key in schema.keys_at((field, 0)))
    days = sum(rule.get("type") == "date" and not rule.get("ahead") for rule in rules)
    return YEAR if days > 1 else MONTH


def _habit(schema: Schema, entries: Sequence[Entry]) -> Habit | None:
    forms = Counter(_form(entry.id) for entry in entries)
    form = forms.most_common(1)[0][0]
    if form is None:
        return None
    own = [entry for entry in entries if _form(entry.id) == form]
    fits = Counter(
        (path, year)
        for entry in own
        for path, day in _dates(schema, entry.values)
        for year in _fits(form, entry.id, day)
    )
    if not fits:
        return Habit(form, (), bool(schema.rows))
    by_rank = sorted(fits, key=lambda fit: (-fits[fit], _date_paths(schema).index(fit[0]), fit[1] != bool(schema.rows)))
    return Habit(form, *by_rank[0])


def _form(name: str) -> str | None:
    return next((form for form, pattern in _FORMS.items() if pattern.match(name)), None)


def _fits(form: str, name: str, day: dt.date) -> Iterator[bool]:
    """Whether a name may come from a day: by the calendar year (False), by the fiscal year (True)."""
    match = _FORMS[form].match(name)
    for fiscal in (False, True):
        if match and match[1] == _stem(form, day, fiscal) and (form in (SERIAL, YEAR) or not fiscal):
            yield fiscal


def _stem(form: str, day: dt.date, fiscal: bool) -> str:
    if form == DAY:
        return f"{day:%Y-%m-%d}"
    if form == MONTH:
        return f"{day:%Y-%m}"
    return str(fiscal_year_of(day) if fiscal else day.year)


def _dates(schema: Schema, values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], dt.date]]:
    """The dates of a record by their paths: its own, those of its period, of a register those of its rows."""
    if schema.rows:
        field, name = schema.rows
        days = (events.moment_of(row.get(name)) for row in values.get(field) or ())
        yield from (((name,), events.day_of(day)) for day in days if day)
        return
    for path in _date_paths(schema):
        value: Any = values
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        if moment := events.moment_of(value) if isinstance(value, dt.date) else None:
            yield path, events.day_of(moment)


def _date_paths(schema: Schema) -> list[tuple[str, ...]]:
    """The paths of a record's dates, those that count first; of a register the day of its rows."""
    if schema.rows:
        return [(schema.rows[1],)]
    kinds = ("date", "moment")
    own = [(key,) for key, rule in schema.fields.items() if rule.get("type") in kinds]
    inner = [("period", key) for key in schema.keys_at(("period",))] if "period" in schema.fields else []
    return list(dict.fromkeys([*((key,) for key in schema.day), *inner, *own]))


def day_of(schema: Schema, values: Mapping[str, Any]) -> dt.date | None:
    """The first day that the values of a new record or row tell of; of a record the earliest that counts."""
    if schema.rows:
        moment = events.moment_of(values.get(schema.rows[1]))
        return events.day_of(moment) if moment else None
    found = [moment for key in schema.day if (moment := events.moment_of(values.get(key)))]
    return min(map(events.day_of, found), default=None)


def next_id(
    schema: Schema, habit: Habit, values: Mapping[str, Any], taken: Collection[str], as_of: dt.date
) -> str | None:
    """The id of a new record; None where it comes from a date that is not known yet. Of a register: its file."""
    found = dict(_dates(schema, {schema.rows[0]: [values]} if schema.rows else values))
    day = found.get(habit.field)
    if day is None and (not habit.field or habit.form == SERIAL or habit.field[0] in schema.day):
        day = day_of(schema, values)
    if day is None and habit.form != SERIAL:
        return None
    stem = _stem(habit.form, day or as_of, habit.fiscal)
    if schema.rows:
        return stem
    if habit.form == SERIAL:
        return _after(stem, taken)
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)


def _after(year: str, taken: Collection[str]) -> str:
    numbers = [match for name in taken if (match := _FORMS[SERIAL].match(name))]
    width = max((len(match[2]) for match in numbers), default=_WIDTH)
    last = max((int(match[2]) for match in numbers if match[1] == year), default=0)
    return f"{year}-{last + 1:0{width}}"
