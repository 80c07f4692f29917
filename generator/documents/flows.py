"""業務フロー: the steps of a procedure, where each leads, and what is wrong with them. Knows nothing of drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from generator.model import Contract, Entry
from generator.problems import Problem

PROBLEM_CODES = {
    "FLW001": "行き先のない手順",
    "FLW002": "たどり着けない手順",
    "FLW003": "同じ記号の手順",
}

END = "終了"


@dataclass(frozen=True)
class Way:
    """Where a step leads, and when."""

    to: int | None
    """The position of the step, counted from 0; None where the procedure ends."""
    label: str

    @property
    def said(self) -> str:
        """`不備あり → 5`, `→ 終了`."""
        return f"{self.label} → {END if self.to is None else self.to + 1}".strip()


@dataclass(frozen=True)
class Step:
    """One step of a procedure."""

    number: int
    """Its place in the table and in the drawing, counted from 1."""
    actor: str
    text: str
    decision: bool
    ways: tuple[Way, ...]
    note: str


def procedures(contract: Contract) -> list[Entry]:
    """The procedures in the order of the manual: by their own number, those without one last."""
    found = [entry for entry in contract.entries if entry.kind == "procedures"]
    return sorted(found, key=lambda e: (e.values.get("order") is None, e.values.get("order") or 0, e.id))


def flow_steps(entry: Entry) -> tuple[Step, ...]:
    """The steps of a procedure in their order; a way to a step that is not there is left out."""
    rows = entry.values.get("steps") or ()
    places = {str(row["id"]): place for place, row in reversed(list(enumerate(rows)))}
    return tuple(_step(index, row, places, len(rows)) for index, row in enumerate(rows))


def _step(index: int, row: Mapping[str, Any], places: Mapping[str, int], count: int) -> Step:
    ways = tuple(_ways(index, row, places, count))
    return Step(index + 1, row["actor"], row["text"], bool(row.get("decision")), ways, row.get("note") or "")


def _ways(index: int, row: Mapping[str, Any], places: Mapping[str, int], count: int) -> Iterator[Way]:
    """Those that are written; where none are, the next step; an empty list ends the procedure, as the last step does."""
    following = row.get("next")
    if following is None:
        yield Way(index + 1 if index + 1 < count else None, "")
    elif not following:
        yield Way(None, "")
    for way in following or ():
        if way["to"] in places:
            yield Way(places[way["to"]], way.get("label") or "")


def flow_diagrams(entry: Entry) -> list[str]:
    """The drawings of a procedure, each an `img`. What draws is loaded with the first of them: a check draws nothing."""
    from generator.documents.flowdrawings import drawings

    return drawings(entry)


def check(contract: Contract) -> Iterator[Problem]:
    """In every procedure a step is named once, leads to steps that are there, and can be reached."""
    for entry in contract.entries:
        if entry.kind == "procedures":
            rows = entry.values.get("steps") or ()
            names = [str(row["id"]) for row in rows]
            wrong = [*_doubled(entry, names), *_lost(entry, rows, names)]
            yield from wrong or _unreachable(entry, names)


def _doubled(entry: Entry, names: Sequence[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"手順の記号「{name}」が二つあります"
            yield Problem(entry.place("steps", index, "id"), "FLW003", message, "別の記号にしてください")


def _lost(entry: Entry, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Problem]:
    for index, row in enumerate(rows):
        for place, way in enumerate(row.get("next") or ()):
            if way["to"] not in names:
                near = get_close_matches(way["to"], names, 1, 0.6)
                hint = f"{near[0]} ではありませんか" if near else f"この業務の手順: {'、'.join(names[:8])}"
                message = f"行き先の手順「{way['to']}」がありません"
                yield Problem(entry.place("steps", index, "next", place, "to"), "FLW001", message, hint)


def _unreachable(entry: Entry, names: Sequence[str]) -> Iterator[Problem]:
    reached = _reached(flow_steps(entry))
    for index, name in enumerate(names):
        if index not in reached:
            message = f"手順「{name}」に、最初の手順からたどり着けません"
            hint = "この手順へ進む手順の next に書くか、この手順を取り除いてください"
            yield Problem(entry.place("steps", index, "id"), "FLW002", message, hint, "warning")


def _reached(steps: Sequence[Step]) -> set[int]:
    found: set[int] = set()
    waiting = [0] if steps else []
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += [way.to for way in steps[place].ways if way.to is not None]
    return found
