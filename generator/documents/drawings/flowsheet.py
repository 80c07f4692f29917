"""Three columns with arrows between them: other systems, what processes, and what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.documents.drawings.canvas import Canvas, high
from generator.documents.drawings.drawing import EM, SMALL, WIDTH, packed
from generator.documents.drawings.palette import OTHER, PLAIN, STORE
from generator.documents.drawings.words import fitted

COLUMNS = ((1.0, 92.0), (152.0, 136.0), (363.0, 116.0))
"""Where each begins and how wide it is."""
NARROW = ((1.0, 0.0), (40.0, 170.0), (300.0, 150.0))
"""The same where there is nothing outside."""
PORT, BETWEEN = 11.0, 9.0
"""Between two arrows at a box, and between two boxes."""
ARROWS, STORES = 26, 14
"""As many as one sheet may hold."""


@dataclass(frozen=True)
class Arrow:
    """Between a box in the middle and one at a side; `out` and `into` from the view of the middle."""

    start: str
    end: str
    out: bool
    into: bool
    label: str = ""


@dataclass(frozen=True)
class Flow:
    """What is on a sheet; boxes by a key with their titles."""

    outside: Mapping[str, str]
    middle: Mapping[str, str]
    stores: Mapping[str, str]
    arrows: tuple[Arrow, ...]


@dataclass
class _Box:
    column: int
    x: float
    wide: float
    lines: list[str]
    ends: list[int] = field(default_factory=list)
    """The arrows at its side, by number."""
    top: float = 0.0

    @property
    def height(self) -> float:
        return max(high(self.lines, EM) + 8, PORT * len(self.ends) + 2)

    @property
    def centre(self) -> float:
        return self.top + self.height / 2


def divided(flow: Flow) -> Iterator[Flow]:
    """A flow, or its parts where it holds too much for a sheet: what is in the middle keeps its order."""
    items = []
    for key in flow.middle:
        own = [arrow for arrow in flow.arrows if arrow.start == key]
        for start in range(0, max(1, len(own)), STORES):
            part = own[start : start + STORES]
            items.append(((key, part), max(2, len(part))))
    for page in packed(items, ARROWS):
        arrows = tuple(arrow for _, part in page for arrow in part)
        ends = {arrow.end for arrow in arrows}
        yield Flow(
            {key: title for key, title in flow.outside.items() if key in ends},
            {key: flow.middle[key] for key, _ in page},
            {key: title for key, title in flow.stores.items() if key in ends},
            arrows,
        )


def picture(flow: Flow) -> str:
    """The drawing of one sheet."""
    boxes = _boxes(flow)
    height = _places(flow, boxes)
    canvas, words = Canvas(), Canvas()
    ports = _ports(flow, boxes)
    for number, arrow in enumerate(flow.arrows):
        _arrow(canvas, words, arrow, boxes, (ports[number, arrow.start], ports[number, arrow.end]))
    canvas.add(words)
    for key, box in boxes.items():
        _draw(canvas, key in flow.middle, box)
    return canvas.svg(WIDTH, height + 2)


def _boxes(flow: Flow) -> dict[str, _Box]:
    boxes: dict[str, _Box] = {}
    columns = COLUMNS if flow.outside else NARROW
    for column, titles in enumerate((flow.outside, flow.middle, flow.stores)):
        x, wide = columns[column]
        lines = {key: fitted(title, (wide - 12) / EM, 3) for key, title in titles.items()}
        boxes |= {key: _Box(column, x, wide, words) for key, words in lines.items()}
    for number, arrow in enumerate(flow.arrows):
        boxes[arrow.end].ends.append(number)
    for key in flow.middle:  # its two sides have room of their own
        sides = [[n for n, a in enumerate(flow.arrows) if a.start == key and boxes[a.end].column == c] for c in (0, 2)]
        boxes[key].ends = max(sides, key=len)
    return boxes


def _places(flow: Flow, boxes: Mapping[str, _Box]) -> float:
    """The middle in its order, the sides in the order of what they belong to; all spread over the same height."""
    columns = [list(flow.middle)]
    order = {key: place for place, key in enumerate(flow.middle)}
    for titles in (flow.outside, flow.stores):
        middles = {key: [order[flow.arrows[n].start] for n in boxes[key].ends] for key in titles}
        columns.append(sorted(titles, key=lambda key: sum(middles[key]) / max(1, len(middles[key]))))
    heights = [sum(boxes[key].height + BETWEEN for key in keys) - BETWEEN for keys in columns]
    total = max(heights)
    for keys, taken in zip(columns, heights, strict=True):
        spare = (total - taken) / (len(keys) + 1)
        y = 1.0 + spare
        for key in keys:
            boxes[key].top = y
            y += boxes[key].height + BETWEEN + spare
    return total


def _ports(flow: Flow, boxes: Mapping[str, _Box]) -> dict[tuple[int, str], float]:
    """How high each arrow begins and ends: side by side along a box, in the order of what is at their other end."""
    sides: dict[tuple[str, int], list[tuple[float, int]]] = {}
    for number, arrow in enumerate(flow.arrows):
        column = boxes[arrow.end].column
        sides.setdefault((arrow.start, column), []).append((boxes[arrow.end].centre, number))
        sides.setdefault((arrow.end, column), []).append((boxes[arrow.start].centre, number))
    found = {}
    for (key, _), ends in sides.items():
        box = boxes[key]
        for place, (_, number) in enumerate(sorted(ends)):
            found[number, key] = box.top + box.height * (place + 0.5) / len(ends)
    return found


def _arrow(canvas: Canvas, words: Canvas, arrow: Arrow, boxes: Mapping[str, _Box], ys: tuple[float, float]) -> None:
    start, end = boxes[arrow.start], boxes[arrow.end]
    right = end.column == 2
    x1 = start.x + (start.wide if right else 0.0)
    x2 = end.x + (0.0 if right else end.wide)
    canvas.curve((x1, ys[0]), (x2, ys[1]), head=arrow.out, tail=arrow.into)
    if arrow.label:
        wide = len(arrow.label) * SMALL * 0.72 + 2
        left = x1 + 7 if right else x1 - 7 - wide
        words.under((left, ys[0] - SMALL / 2), (wide, SMALL))
        words.text((left + wide / 2, ys[0] - SMALL / 2 - 0.8), [arrow.label], SMALL)


def _draw(canvas: Canvas, processes: bool, box: _Box) -> None:
    x, wide = box.x, box.wide
    if processes:
        canvas.box((x, box.top), (wide, box.height), PLAIN.fill, corner=7)
    elif box.column == 0:
        canvas.box((x, box.top), (wide, box.height), OTHER.fill, OTHER.line, dashed=True)
    else:
        canvas.box((x, box.top), (wide, box.height), STORE, "#93751a")
        canvas.line([(x + 3.5, box.top), (x + 3.5, box.top + box.height)], head=False)
    canvas.text((x + wide / 2, box.top + (box.height - high(box.lines, EM)) / 2), box.lines, EM)
