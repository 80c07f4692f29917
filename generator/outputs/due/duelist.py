"""Due items as JSON (DESIGN section 7) and as aligned text for a terminal."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from generator.intake.eras import WEEKDAYS
from generator.outputs import jsontext
from generator.rules import states
from generator.rules.dueitem import DueItem, DueReading, order
from generator.rules.labels import MEDIA, OBLIGORS, SCOPES

COLORS = {
    states.LATE: "31",
    states.RETURNED: "31",
    states.SUBMITTED_LATE: "35",
    states.SOON: "33",
    states.SUBMITTED: "32",
    states.ACCEPTED: "32",
    states.OUT_OF_SCOPE: "2",
}
"""Terminal colours (SGR) by state; what is not here keeps the terminal's own."""

NOTHING = "該当する期限はありません。\n"


def chosen(
    items: Iterable[DueItem], start: dt.date | None = None, end: dt.date | None = None, state: str | None = None
) -> list[DueItem]:
    """The items of a range of dates and a state, in order. Undated ones lie in no range."""
    kept = [item for item in items if state is None or item.state == state]
    if start is not None:
        kept = [item for item in kept if item.due is not None and item.due >= start]
    if end is not None:
        kept = [item for item in kept if item.due is not None and item.due <= end]
    return sorted(kept, key=order)


def to_json(items: Iterable[DueItem]) -> str:
    """A list of items, dates in ISO form."""
    return jsontext.to_json(map(_as_data, items))


def _as_data(item: DueItem) -> dict[str, Any]:
    """One item as DESIGN section 7 lists it."""
    around = item.closed_day
    return {
        "contract": item.contract,
        "deliverable": item.deliverable,
        "title": item.title,
        "scope": item.scope,
        "medium": item.medium,
        "period": {"start": item.period.start, "end": item.period.end} if item.period else None,
        "event": {"kind": item.event.kind, "id": item.event.id} if item.event else None,
        "due": item.due,
        "due_time": item.due_time,
        "phrase": item.phrase,
        "explanation": list(item.explanation),
        "readings": [{"due": r.due, "reading": r.reading, "taken": r.taken} for r in item.readings],
        "flags": list(item.flags),
        "closed_day": {"previous_open": around.previous_open, "next_open": around.next_open} if around else None,
        "condition": item.condition,
        "state": item.state,
        "submitted": item.submitted,
        "obligor": item.obligor,
    }


def to_text(items: Sequence[DueItem], color: bool = False, explain: bool = False) -> str:
    """One line an item, columns aligned by the width of Japanese characters; steps below it when asked for."""
    if not items:
        return NOTHING
    several = len({item.contract for item in items}) > 1
    rows = [_cells(item, several) for item in items]
    used = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    widths = {i: max(width(row[i]) for row in rows) for i in used}
    lines = []
    for item, row in zip(items, rows, strict=True):
        line = "  ".join(_padded(row[i], widths[i]) for i in used).rstrip()
        lines.append(_colored(line, item.state) if color else line)
        lines += _explained(item) if explain else []
    return "\n".join(lines) + "\n"


def width(text: str) -> int:
    """Columns a text takes in a terminal: two for wide and full-width characters."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _cells(item: DueItem, several: bool) -> tuple[str, ...]:
    kind = "・".join(part for part in (SCOPES.get(item.scope or ""), MEDIA.get(item.medium or "")) if part)
    contract = item.contract if several else ""
    who = OBLIGORS[item.obligor] if item.obligor == "authority" else ""
    number, of = item.deliverable, item.occasion or ""
    return (_day(item), item.state, contract, number, item.title, kind, of, who, _notes(item))


def _day(item: DueItem) -> str:
    if item.due is None:
        return "日付なし"
    return f"{item.due.isoformat()}（{WEEKDAYS[item.due.weekday()]}）{item.due_time or ''}"


def _notes(item: DueItem) -> str:
    undated = [f"「{item.phrase}」"] if item.due is None and item.phrase else []
    submitted = [f"提出 {item.submitted.isoformat()}"] if item.submitted else []
    return "、".join([*undated, *submitted, *item.flags])


def _explained(item: DueItem) -> list[str]:
    steps = [f"    {step}" for step in item.explanation]
    return [*steps, *(f"    {_reading(reading)}" for reading in item.readings)]


def _reading(reading: DueReading) -> str:
    mark = "採った読み方" if reading.taken else "ほかの読み方"
    return f"{mark}: {reading.due.isoformat() if reading.due else '日付なし'} {reading.reading}"


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _colored(line: str, state: str) -> str:
    return f"\033[{COLORS[state]}m{line}\033[0m" if state in COLORS else line
