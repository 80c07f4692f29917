"""受渡しの帳: what moved into, within and out of the vendor's hands, and what is still there on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.documents import filters
from generator.documents.facts import fact
from generator.model import Contract, Entry
from generator.rules import events

KEPT = ("received", "copied")
"""Movements after which there is something to give back or to erase."""

GONE = ("returned", "delivered")
"""Movements after which it is there no more."""


@dataclass(frozen=True)
class Movement:
    """A line of the ledger: information that moved, or was erased or destroyed."""

    entry: Entry
    index: int
    """Which of the things that were erased or destroyed together."""
    day: dt.date | None
    clock: str
    """`15:30`; empty where only the day is recorded."""
    what: str
    """`受領`, `持出し`, `廃棄`."""
    expected: bool
    """True while it lies ahead."""
    values: Mapping[str, Any]
    """The fields of a record of custody; of a disposal, the same by their like."""


@dataclass(frozen=True)
class Holding:
    """Something received or copied, and what has become of it."""

    entry: Entry
    state: str
    """`保有中`, `返却予定日超過`, `返却済`, `引渡し済`, `消去済`, `廃棄済`."""
    held: bool
    closed_by: Entry | None = None
    closed_on: dt.date | None = None


@dataclass(frozen=True)
class CustodyLedger:
    """A contract's ledger on a day: everything that moved, in order, and what was kept."""

    movements: tuple[Movement, ...]
    holdings: tuple[Holding, ...]

    @property
    def held(self) -> int:
        """How many are still there."""
        return sum(holding.held for holding in self.holdings)


def custody_ledger(contract: Contract, as_of: dt.date) -> CustodyLedger:
    """The ledger as it stands on a day; what has not happened by then is expected, and closes nothing."""
    lines = sorted((*_moved(contract, as_of), *_disposed(contract, as_of)), key=_order)
    kept = [line.entry for line in lines if line.values.get("movement") in KEPT and not line.expected]
    closed = _closed(contract, as_of)
    return CustodyLedger(tuple(lines), tuple(_holding(contract, entry, closed, as_of) for entry in kept))


def _order(line: Movement) -> tuple[dt.date, tuple[int, int], str, str, int]:
    hour, _, minute = (line.clock or "0:00").partition(":")
    return line.day or dt.date.max, (int(hour), int(minute)), line.entry.kind, line.entry.id, line.index


def _moved(contract: Contract, as_of: dt.date) -> Iterator[Movement]:
    for entry in events.entries_of(contract, "custody"):
        moved = entry.values["moved"]
        what = fact(contract, "custody", "movement", entry.values["movement"])
        clock = f"{moved.hour}:{moved.minute:02}"
        yield Movement(entry, 0, moved.date(), clock, what, moved.date() > as_of, entry.values)


def _disposed(contract: Contract, as_of: dt.date) -> Iterator[Movement]:
    """A line for each thing that a disposal names; one for a disposal that names none."""
    for entry in events.entries_of(contract, "disposals"):
        values = entry.values
        done = values.get("disposed")
        day = done or values.get("planned")
        expected = done is None or done > as_of
        for index, item in enumerate(values.get("items") or ({"information": values["title"]},)):
            told = {
                **{key: values.get(key) for key in ("place", "person", "consented")},
                **{key: item.get(key) for key in ("information", "medium", "quantity")},
                "means": item.get("method"),
                "counterpart": f"立会者 {values['witness']}" if values.get("witness") else None,
                "remarks": values.get("content"),
            }
            yield Movement(entry, index, day, values.get("time") or "", disposal_word(entry), expected, told)


def day_and_time(day: dt.date | None, clock: str | None) -> str:
    """`令和9年4月5日（月）15時30分`; without a clock time the day alone, empty for no day."""
    return filters.wareki_weekday(day) + (time_of_day(clock) if day else "")


def time_of_day(clock: str | None) -> str:
    """`15時30分` of `15:30`; empty for none."""
    hour, _, minute = (clock or "").partition(":")
    return f"{hour}時{minute}分" if clock else ""


def disposal_word(entry: Entry) -> str:
    """`消去` or `廃棄`; both where the record does not say which."""
    return {"erase": "消去", "destroy": "廃棄"}.get(str(entry.values.get("kind")), "消去・廃棄")


def _closed(contract: Contract, as_of: dt.date) -> dict[str, Entry]:
    """By the id of what was kept: the first record that says it is there no more."""
    found: list[tuple[dt.date, str, Entry]] = []
    for entry in events.entries_of(contract, "custody"):
        if entry.values["movement"] in GONE and entry.values.get("of"):
            found.append((entry.values["moved"].date(), entry.values["of"], entry))
    for entry in events.entries_of(contract, "disposals"):
        if entry.values.get("disposed"):
            found += [(entry.values["disposed"], name, entry) for name in entry.values.get("custody") or ()]
    past = sorted((f for f in found if f[0] <= as_of), key=lambda f: (f[0], f[2].kind, f[2].id))
    return {name: entry for _, name, entry in reversed(past)}


def _holding(contract: Contract, entry: Entry, closed: Mapping[str, Entry], as_of: dt.date) -> Holding:
    by = closed.get(entry.id)
    if by is None:
        until = entry.values.get("until")
        return Holding(entry, "返却予定日超過" if until and until < as_of else "保有中", True)
    if by.kind == "disposals":
        return Holding(entry, f"{disposal_word(by)}済", False, by, by.values["disposed"])
    word = fact(contract, "custody", "movement", by.values["movement"])
    return Holding(entry, f"{word}済", False, by, by.values["moved"].date())


def record_named(contract: Contract, kind: str, name: str | None) -> Entry | None:
    """A record by its kind and id; None where there is no such record."""
    return next((e for e in contract.entries if e.kind == kind and e.id == name), None)
