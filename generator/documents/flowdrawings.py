"""Drawings of 業務フロー: the steps of a procedure on sheets, with the actors' lanes, beginning, ends and arrows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from generator.documents.diagrams import image, svg
from generator.documents.flows import END, Step, flow_steps
from generator.documents.swimlanes import SHEET, Arrow, Box, dot, height
from generator.model import Entry

PART, LANES = 10, 6
"""Steps that one drawing can hold, and lanes side by side; where there are more actors, each box names its own."""


_Chart = tuple[list[str], list[Box], list[Arrow]]
"""Lanes, boxes and arrows of one drawing."""


def drawings(entry: Entry, room: float = SHEET, most: float = math.inf) -> list[str]:
    """The drawings of a procedure, each an `img` of a width and at most of a height in points: one, or several where a
    sheet cannot hold all its steps."""
    steps, title = flow_steps(entry), str(entry.values.get("title", entry.id))
    order = _actors(steps)
    for count in range(PART, 0, -1):
        parts = _parts(steps, count)
        charts = [_chart(part, order) for part in parts]
        if all(height(*chart, room) <= most for chart in charts):
            break
    return [image(svg(dot(*chart, room)), _alternative(part, title)) for part, chart in zip(parts, charts, strict=True)]


def _parts(steps: Sequence[Step], most: int) -> list[Sequence[Step]]:
    """At most so many steps in each, and about as many in the last as in the others."""
    size = -(-len(steps) // -(-len(steps) // most)) if steps else 1
    return [steps[start : start + size] for start in range(0, len(steps), size)]


def _alternative(part: Sequence[Step], title: str) -> str:
    numbers = f"手順{part[0].number}から{part[-1].number}まで"
    return f"{title}の業務フロー（{numbers}）。担当は{'、'.join(_actors(part))}。内容と行き先は手順の表のとおり。"


def _actors(part: Sequence[Step]) -> list[str]:
    return list(dict.fromkeys(step.actor for step in part))


def _chart(part: Sequence[Step], order: Sequence[str]) -> _Chart:
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
    return actors if apart else ["担当は枠の中"], boxes, [*arrows, *_arrows(part, rows)]


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
