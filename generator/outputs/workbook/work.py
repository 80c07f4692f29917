"""The work that was done as a sheet: records of work to fill in, and what other records tell of to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.documents.works import Work, works
from generator.intake.tables import ID, Column, Form, Home, Row, Table
from generator.model import Contract, Period
from generator.outputs.workbook.columns import (
    CHANGES,
    INCIDENTS,
    NEW_ROW,
    PEOPLE,
    TASKS,
    Fields,
    Words,
    file,
    form,
    ids,
    shown,
)
from generator.rules import events

KIND = "records/work"
"""The kind of data file that is filled in here."""


def work(contract: Contract, words: Words) -> Table:
    """All work of a contract in order of its beginning."""
    fields = Fields(KIND)
    columns = (
        ids(18),
        fields.column("start", 22),
        fields.column("end", 22),
        fields.column("title", 28),
        fields.column("content", 50),
        fields.column("people", 18, PEOPLE),
        fields.column("category", 11),
        fields.column("task", 24, TASKS),
        fields.column("count", 7),
        fields.column("place", 20),
        fields.column("remarks", 28),
        fields.column("incident", 11, INCIDENTS),
        fields.column("change", 11, CHANGES),
        shown("minutes", "時間（分）", 9, "integer"),
        shown("kind", "記録", 14),
    )
    rows = sorted((*_own(contract, columns, words), *_others(contract, columns, words)), key=_begun)
    home = Home(KIND, file(contract, KIND).rpartition("/")[0], None, ID)
    note = f"{NEW_ROW}担当者が何人かいるときは「、」でつなぎます。「記録」が作業でない行は見るだけです。"
    return Table("work", "作業実績", "作業実績", columns, tuple(rows), home, note)


def _own(contract: Contract, columns: Sequence[Column], words: Words) -> Iterator[Row]:
    """The records of work."""
    for entry in events.entries_of(contract, "work"):
        values = {**entry.values, "minutes": _minutes(entry.values), "kind": events.kind_title("work")}
        forms = (form(column, values.get(column.key), words) for column in columns[1:])
        yield Row(entry.id, (entry.id, *forms), entry.source)


def _minutes(values: Mapping[str, Any]) -> int:
    return int((values["end"] - values["start"]).total_seconds()) // 60


def _others(contract: Contract, columns: Sequence[Column], words: Words) -> Iterator[Row]:
    """Work that other records tell of: meetings, the recovery of incidents, the daily register."""
    numbers: dict[str, int] = {}
    for one in works(contract, Period(start=dt.date.min, end=dt.date.max)):
        if one.kind != "work":
            name = f"{one.kind}/{one.entry.id}"
            numbers[name] = numbers.get(name, 0) + 1
            name = f"{name}#{numbers[name]}" if numbers[name] > 1 else name
            forms = (_told(one, column, words) for column in columns[1:])
            yield Row(name, (name, *forms), one.entry.source, fixed=True)


def _told(work: Work, column: Column, words: Words) -> Form:
    own: Mapping[str, Callable[[], Form]] = {
        "people": lambda: "、".join(work.people),
        "kind": lambda: work.kind_title or events.kind_title(work.kind),
        "place": lambda: work.entry.values.get("place"),
        "incident": lambda: None,
        "change": lambda: None,
    }
    return own[column.key]() if column.key in own else form(column, getattr(work, column.key), words)


def _begun(row: Row) -> tuple[dt.datetime, str]:
    start = row.forms[1]
    if isinstance(start, dt.datetime):
        return start, row.id
    return dt.datetime.combine(start if isinstance(start, dt.date) else dt.date.max, dt.time()), row.id
