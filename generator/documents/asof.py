"""What was known on a day: a document tells nothing later than the day it speaks of.

Records, rows, answers, appointments and submissions of later days are left out; a fact that came later (a restoration,
a reply, the day something was done) is blank. Dates that may lie ahead, such as a deadline or a power cut announced,
stay: their fields say `ahead: true` in the schema.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.documents import designstates
from generator.documents.ledger import once
from generator.intake.schema import RECORDS, Schema, kept_by_schemas, load_schemas
from generator.model import Appointment, Contract, Entry
from generator.rules import events

Steps = tuple[str, ...]


def last_day(contract: Contract, as_of: dt.date) -> dt.date:
    """The day documents of all time speak of: `as_of`, but no later than the contract's end and what came after it."""
    days = [day for entry in contract.entries for day in events.span_of(entry) if day <= as_of]
    handed_over = [s.date for s in contract.submissions if s.date <= as_of]
    return min(as_of, max((contract.head.period.end, *days, *handed_over)))


@once
def seen(contract: Contract, day: dt.date) -> Contract:
    """The contract as it was known on a day."""
    contract = designstates.known_on(contract, day) if contract.design or contract.manuals else contract
    staff, checklist = contract.staff, contract.checklist
    return replace(
        contract,
        entries=tuple(_pruned(e, day) if last > day else e for e, first, last in _courses(contract) if first <= day),
        submissions=tuple(s for s in contract.submissions if s.date <= day),
        tasks=tuple(replace(task, done=tuple(d for d in task.done if d <= day)) for task in contract.tasks),
        staff=replace(
            staff,
            appointments=_appointed(staff.appointments, max(day, contract.head.period.start)),
            pledges=tuple(p for p in staff.pledges if p.date <= day),
            training=tuple(t for t in staff.training if t.date <= day),
        ),
        checklist=replace(checklist, answers=tuple(a for a in checklist.answers if a.date is None or a.date <= day)),
    )


def seen_with(contract: Contract, day: dt.date, own: Entry | None) -> tuple[Contract, Entry | None]:
    """The same for a letter about a record: the record itself is known, and the people of its day."""
    if own is None:
        return seen(contract, day), None
    entry = _pruned(own, day)
    subject = max(day, contract.head.period.start, events.happened_on(own) or day)
    known = seen(contract, day)
    others = tuple(e for e in known.entries if (e.kind, e.id) != (own.kind, own.id))
    staff = replace(known.staff, appointments=_appointed(contract.staff.appointments, subject))
    return replace(known, entries=(*others, entry), staff=staff), entry


def _appointed(appointments: tuple[Appointment, ...], day: dt.date) -> tuple[Appointment, ...]:
    begun = (a for a in appointments if a.start <= day)
    return tuple(replace(a, end=None) if a.end and a.end > day else a for a in begun)


@once
def _courses(contract: Contract) -> tuple[tuple[Entry, dt.date, dt.date], ...]:
    """Each record with the first day anything was known of it, and that of its last fact."""
    return tuple((entry, _first(entry), max(_facts(entry), default=dt.date.min)) for entry in contract.entries)


def _first(entry: Entry) -> dt.date:
    """The first day anything was known of a record; what is only planned is known from the beginning."""
    facts = [_day(entry.values.get(steps[0])) for steps in _dated(RECORDS + entry.kind) if len(steps) == 1]
    if events.is_register(entry) or not any(facts):
        return dt.date.min
    own = [_day(entry.values.get(field)) for field in load_schemas().by_kind[RECORDS + entry.kind].day]
    return min(day for day in (*facts, *own) if day)


def _pruned(entry: Entry, day: dt.date) -> Entry:
    """A record without the facts of later days, but for those it cannot be without; the same where there are none."""
    schema = load_schemas().by_kind.get(RECORDS + entry.kind)
    if schema is None or not any(later > day for later in _facts(entry)):
        return entry
    kept = {name for name, rule in schema.fields.items() if rule.get("required")}
    values = {k: value for k, value in entry.values.items() if k in kept or not _later(value, schema, (k,), day)}
    return replace(entry, values=_rows_until(values, schema, day))


def _rows_until(values: Mapping[str, Any], schema: Schema, day: dt.date) -> dict[str, Any]:
    inside = ((key, _inner(value, schema, (key,), day)) for key, value in values.items())
    return {key: value for key, value in inside if value is not None}


def _inner(value: Any, schema: Schema, steps: Steps, day: dt.date) -> Any:
    """A value without what came later; None where it came later as a whole: its day is one it must have."""
    if isinstance(value, list):
        known = (_inner(one, schema, (*steps, "*"), day) for one in value)
        return [one for one in known if one is not None]
    if not isinstance(value, Mapping):
        return value
    found: dict[str, Any] = {}
    for key, inner in value.items():
        if not _later(inner, schema, (*steps, key), day):
            found[key] = _inner(inner, schema, (*steps, key), day)
        elif schema.rule_at((*steps, key)).get("required"):
            return None
    return found


def _later(value: Any, schema: Schema, steps: Steps, day: dt.date) -> bool:
    """Whether a value is a fact of a later day."""
    found = _day(value)
    return found is not None and found > day and steps in _dated(schema.kind)


def _facts(entry: Entry) -> Iterator[dt.date]:
    for steps in _dated(RECORDS + entry.kind):
        yield from _at(entry.values, steps)


def _at(value: Any, steps: Steps) -> Iterator[dt.date]:
    if not steps:
        day = _day(value)
        if day:
            yield day
    elif steps[0] == "*":
        for one in value or ():
            yield from _at(one, steps[1:])
    elif isinstance(value, Mapping):
        yield from _at(value.get(steps[0]), steps[1:])


def _day(value: Any) -> dt.date | None:
    return events.day_of(value) if isinstance(value, dt.date) else None


@kept_by_schemas
def _dated(kind: str) -> frozenset[Steps]:
    """The fields of a kind that hold the day of a fact, not of a plan."""
    schema = load_schemas().by_kind.get(kind)
    walked = schema.walk() if schema else ()
    dated = ((path, rule) for path, rule in walked if rule.get("type") in ("date", "moment"))
    return frozenset(tuple(str(step) for step in path) for path, rule in dated if not rule.get("ahead"))
