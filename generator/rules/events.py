"""Records as deadlines see them: which field holds the day a record belongs to, and what it is called.

The titles are those of the schemas under `schemas/records/`, which this package may not read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.intake.eras import NotADate, parse_date
from generator.model import Contract, Entry

Moment = dt.date | dt.datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records: its Japanese title, and its date fields with titles, the one that counts first."""

    title: str
    dates: Mapping[str, str]


KINDS = {
    "incidents": Kind(
        "障害", {"restored": "復旧日時", "contacted": "連絡日時", "started": "着手日時", "occurred": "発生日時"}
    ),
    "arrangements": Kind("ハードウェア障害復旧作業の手配", {"arranged": "手配日"}),
    "changes": Kind("システム変更", {"changed": "変更日"}),
    "patches": Kind("パッチの適用", {"decided": "方針決定日", "applied": "適用日"}),
    "accidents": Kind("事故", {"occurred": "発生日時"}),
    "disposals": Kind("消去・廃棄", {"disposed": "実施日"}),
    "invoices": Kind("請求書", {"received": "受領日", "inspected": "検査日"}),
    "meetings": Kind("会議", {"held": "開催日"}),
}
"""Kinds of records by the name of their folder. A kind that is not here goes by its own field names."""

_CLOCK = re.compile(r"(.+?)[T ]+(\d{1,2}):(\d{2})(?::\d{2})?$")


def kind_title(kind: str) -> str:
    """`障害`, or the folder's name in brackets."""
    return KINDS[kind].title if kind in KINDS else f"「{kind}」"


def field_title(kind: str, field: str) -> str:
    """`復旧日時`, or the field's name in brackets."""
    known = KINDS[kind].dates if kind in KINDS else {}
    return known.get(field, f"「{field}」")


def entries_of(contract: Contract, kind: str, where: Mapping[str, str] | None = None) -> list[Entry]:
    """The records of a kind that match, by id."""
    found = (e for e in contract.entries if e.kind == kind and _matches(e, where or {}))
    return sorted(found, key=lambda entry: entry.id)


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
    fields: Iterable[str] = KINDS[entry.kind].dates if entry.kind in KINDS else entry.values
    filled = [field for field in fields if moment_of(entry.values.get(field)) is not None]
    return next(iter(filled), next(iter(fields), ""))


def happened_on(entry: Entry) -> dt.date | None:
    """The day of a record, or None while no date is filled in."""
    moment = moment_of(entry.values.get(main_field(entry)))
    return day_of(moment) if moment is not None else None


def _matches(entry: Entry, where: Mapping[str, str]) -> bool:
    return all(wanted in _texts(entry.values.get(field)) for field, wanted in where.items())


def _texts(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]
