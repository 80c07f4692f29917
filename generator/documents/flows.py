"""業務フロー: the steps of a procedure, where each leads, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from generator.documents.diagrams import image, svg
from generator.documents.swimlanes import Arrow, Box, dot
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


PART, LANES = 10, 6
"""Steps that one drawing can hold, and lanes side by side; where there are more actors, each box names its own."""


def flow_diagrams(entry: Entry) -> list[str]:
    """The drawings of a procedure, each an `img`: one, or several where a sheet cannot hold all its steps."""
    steps, title = flow_steps(entry), str(entry.values.get("title", entry.id))
    size = -(-len(steps) // -(-len(steps) // PART)) if steps else 1
    parts = [steps[start : start + size] for start in range(0, len(steps), size)]
    order = _actors(steps)
    return [image(svg(_drawing(part, order)), _alternative(part, title)) for part in parts]


def _alternative(part: Sequence[Step], title: str) -> str:
    numbers = f"手順{part[0].number}から{part[-1].number}まで"
    return f"{title}の業務フロー（{numbers}）。担当は{'、'.join(_actors(part))}。内容と行き先は手順の表のとおり。"


def _actors(part: Sequence[Step]) -> list[str]:
    return list(dict.fromkeys(step.actor for step in part))


def _drawing(part: Sequence[Step], order: Sequence[str]) -> str:
    """The steps between a beginning and the ends; a way out of the drawing ends at the number of the step."""
    actors = sorted(_actors(part), key=order.index)
    apart = len(actors) <= LANES
    lanes = [actors.index(step.actor) if apart else 0 for step in part]
    boxes = [Box(0, "開始", "ellipse")] if part[0].number == 1 else []
    arrows = [Arrow(0, 1)] if boxes else []
    rows: dict[int | None, int] = {step.number - 1: len(boxes) + place for place, step in enumerate(part)}
    boxes += [_box(step, lane, apart) for step, lane in zip(part, lanes, strict=True)]
    for to, lane in _exits(part, lanes):
        rows[to] = len(boxes)
        boxes.append(Box(lane, END if to is None else f"{to + 1}へ", "ellipse"))
    return dot(actors if apart else ["担当は枠の中"], boxes, [*arrows, *_arrows(part, rows)])


def _box(step: Step, lane: int, apart: bool) -> Box:
    text = " ".join(step.text.split())
    head = f"{step.number}." if apart else f"{step.number}.{' '.join(step.actor.split())}\n"
    return Box(lane, head + text, "diamond" if step.decision else "box")


def _exits(part: Sequence[Step], lanes: Sequence[int]) -> list[tuple[int | None, int]]:
    """Where ways lead that leave the drawing, each with the lane of the first: on to the next drawing, elsewhere, end."""
    inside = {step.number - 1 for step in part}
    found: dict[int | None, int] = {}
    for step, lane in zip(part, lanes, strict=True):
        for way in step.ways:
            if way.to not in inside:
                found.setdefault(way.to, lane)
    return sorted(found.items(), key=lambda exit_: (exit_[0] != part[-1].number, exit_[0] is None, exit_[0] or 0))


def _arrows(part: Sequence[Step], rows: Mapping[int | None, int]) -> Iterator[Arrow]:
    """One for each two rows, with the words of all the ways between them."""
    for step in part:
        labels: dict[int, list[str]] = {}
        for way in step.ways:
            labels.setdefault(rows[way.to], []).append(" ".join(way.label.split()))
        for row, said in labels.items():
            yield Arrow(rows[step.number - 1], row, "・".join(filter(None, said)))


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
