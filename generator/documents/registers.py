"""管理簿: the rows of a register with the state each is in on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.documents.kinds import plain
from generator.model import Contract
from generator.rules.events import Row, rows_of


@dataclass(frozen=True)
class States:
    """How the rows of a kind of register live: their date fields, and the words for before, during and after."""

    start: str
    end: str
    words: tuple[str, str, str]
    until: str | None = None
    """The field with the day by which it should have ended."""
    single: str | None = None
    """The field whose value may be in use once only."""


STATES: Mapping[str, States] = {
    "addresses": States("issued", "withdrawn", ("発行予定", "発行中", "削除"), single="address"),
    "computers": States("issued", "withdrawn", ("発行予定", "発行中", "削除"), single="name"),
    "loans": States("lent", "returned", ("貸出予定", "貸出中", "返却済"), until="until"),
    "devices": States("brought", "removed", ("使用予定", "使用中", "使用終了")),
}
"""The registers whose rows have a state, by their kind of record."""

LATE = "期限超過"


@dataclass(frozen=True)
class Line:
    """A row and its state."""

    row: Row
    state: str
    late: bool


@dataclass(frozen=True)
class Register:
    """A register on a day."""

    lines: tuple[Line, ...]
    counts: tuple[tuple[str, int], ...]
    """The states there are with their numbers of rows, in the order of a row's life."""
    doubled: tuple[str, ...]
    """What is in use in more than one row."""


def register(contract: Contract, kind: str, as_of: dt.date) -> Register:
    """A register's rows in order of day, with their states on a day."""
    states = STATES[kind]
    lines = tuple(_line(row, states, as_of) for row in rows_of(contract, kind))
    before, during, after = states.words
    words = (during, *((LATE,) if states.until else ()), after, before)
    counts = ((word, sum(line.state == word for line in lines)) for word in words)
    shown = tuple((word, number) for word, number in counts if number or word != before)
    return Register(lines, shown, tuple(_doubled(lines, states)))


def _line(row: Row, states: States, as_of: dt.date) -> Line:
    before, during, after = states.words
    end, until = row.values.get(states.end), row.values.get(states.until or "")
    if row.day and row.day > as_of:
        return Line(row, before, False)
    if end and end <= as_of:
        return Line(row, after, False)
    late = bool(until and until < as_of)
    return Line(row, LATE if late else during, late)


def _doubled(lines: Iterable[Line], states: States) -> list[str]:
    """What two rows say is in use, each once, as first written."""
    seen: dict[str, list[str]] = {}
    for line in lines:
        if states.single and line.state == states.words[1]:
            value = str(line.row.values[states.single])
            seen.setdefault(plain(value).casefold(), []).append(value)
    return [values[0] for values in seen.values() if len(values) > 1]
