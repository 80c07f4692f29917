"""Drawings of work that goes from hand to hand: a lane for each actor, a row for each step, arrows at right angles.

Graphviz draws, but its own layouts know no lanes, so every place is found here. A row holds one box only: a line may
cross it anywhere beside that box, and runs up and down between the lanes, on a track of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.documents.diagrams import FONT, INK, LINE, TINTS, quoted
from generator.documents.linebreaks import CUT, measured, wrapped

EM, ROW = 10.0, 12.2
"""In points: the size of the letters, the height of a line."""
SHEET, NARROW, BROAD = 540.0, 72.0, 0.45
"""The width of the whole unless another is asked for, the least of a box, and the greatest as a part of the whole."""
INSIDE = 0.5
"""How much of a diamond's width its words may take."""
WEIGHTS = (1.0, 1.6, 2.5, 4.0, 6.0, 9.0, 14.0)
"""How much more room a lane may get for the words in a diamond than for others; the sheet that cuts least and is lowest is drawn."""
GAP, GUTTER, TRACK, HEAD = 10.0, 12.0, 6.0, 5.0
"""Between two rows, between two lanes, between two lines there, and the length of an arrow's head."""
MARGIN = 16.0
"""Above the first row and below the last: words on an arrow may stand out of their row by so much."""


@dataclass(frozen=True)
class Box:
    """A step: `box`, `diamond` for a decision, `ellipse` for a beginning, an end or a way out of the sheet."""

    lane: int
    text: str
    shape: str = "box"


@dataclass(frozen=True)
class Arrow:
    """From one row to another."""

    start: int
    end: int
    label: str = ""


class _Route(NamedTuple):
    """The gutter an arrow runs in and its track there; no gutter for an arrow that goes down to the next row."""

    arrow: Arrow
    gutter: int | None = None
    track: int = 0


class _Point(NamedTuple):
    x: float
    y: float
    """Downwards."""

    def __str__(self) -> str:
        return f"{self.x:.1f},{-self.y:.1f}"


def dot(lanes: Sequence[str], boxes: Sequence[Box], arrows: Iterable[Arrow], room: float = SHEET) -> str:
    """The drawing, of a width in points, as a text of Graphviz in which everything has its place."""
    routes = list(_routes(boxes, arrows, len(lanes)))
    sheet = _best(lanes, boxes, routes, room)
    lines = [
        "digraph flow {",
        f'graph [layout=nop2, bb="0,{-sheet.height:.1f},{sheet.width:.1f},0", pad=0.02, outputorder=edgesfirst, fontname="{FONT}", fontsize={EM}, bgcolor="white"]',
        f'node [style=filled, fillcolor="white", color="{INK}", margin=0, fixedsize=true, fontname="{FONT}", fontsize={EM}]',
        'edge [color="#333333", arrowsize=0.7]',
    ]
    lines += sheet.frames()
    lines += [sheet.box(row) for row in range(len(boxes))]
    for route in routes:
        lines += sheet.arrow(route)
    return "\n".join([*lines, "}"])


def height(lanes: Sequence[str], boxes: Sequence[Box], arrows: Iterable[Arrow], room: float = SHEET) -> float:
    """How high a drawing comes out, in points."""
    return _best(lanes, boxes, list(_routes(boxes, arrows, len(lanes))), room).height


def _best(lanes: Sequence[str], boxes: Sequence[Box], routes: Sequence[_Route], room: float) -> _Sheet:
    tried = (_Sheet(lanes, boxes, routes, weight, room) for weight in WEIGHTS)
    return min(tried, key=lambda sheet: (sheet.cut, sheet.height))


def _routes(boxes: Sequence[Box], arrows: Iterable[Arrow], lanes: int) -> Iterator[_Route]:
    """The gutter of each arrow, and in it the first track that is free; one to the next row goes straight down."""
    tracks: list[list[list[Arrow]]] = [[] for _ in range(lanes + 1)]
    left: Counter[tuple[int, bool]] = Counter()
    for arrow in arrows:
        if arrow.end == arrow.start + 1:
            yield _Route(arrow)
            continue
        start, end = boxes[arrow.start].lane, boxes[arrow.end].lane
        costs = {
            gutter: abs(gutter - start - 0.5)
            + abs(gutter - end - 0.5)
            + 2 * left[arrow.start, gutter > start]  # not where another arrow leaves already
            + 0.1 * len(tracks[gutter])
            + 0.15 * ((gutter > start) == (arrow.end < arrow.start))  # onwards on the right, back on the left
            for gutter in range(lanes + 1)
        }
        gutter = min(costs, key=costs.__getitem__)
        left[arrow.start, gutter > start] += 1
        yield _Route(arrow, gutter, _track(tracks[gutter], arrow))


def _track(tracks: list[list[Arrow]], arrow: Arrow) -> int:
    """Arrows to the same box may share a track."""
    for number, track in enumerate(tracks):
        if all(other.end == arrow.end or not _meet(other, arrow) for other in track):
            track.append(arrow)
            return number
    tracks.append([arrow])
    return len(tracks) - 1


def _meet(one: Arrow, other: Arrow) -> bool:
    first, second = sorted((one.start, one.end)), sorted((other.start, other.end))
    return first[0] <= second[1] and second[0] <= first[1]


def _widths(lanes: Sequence[str], boxes: Sequence[Box], room: float, weight: float, broad: float) -> list[float]:
    """The widths of the lanes' boxes: as the square root of the words in a lane, which keeps the whole low; none is
    narrower or broader than a box may be."""
    words = [measured(title) for title in lanes]
    for box in boxes:
        words[box.lane] += measured(box.text) * (weight if box.shape == "diamond" else 1)
    shares = {lane: max(count, 1) ** 0.5 for lane, count in enumerate(words)}
    widths = dict.fromkeys(shares, NARROW)
    while shares:
        unit = room / sum(shares.values())
        narrow = [lane for lane, share in shares.items() if share * unit < NARROW]
        if not narrow:
            widths |= {lane: min(share * unit, broad) for lane, share in shares.items()}
            break
        room -= NARROW * len(narrow)
        for lane in narrow:
            del shares[lane]
    return [widths[lane] for lane in range(len(lanes))]


class _Sheet:
    """Where everything stands."""

    def __init__(
        self, lanes: Sequence[str], boxes: Sequence[Box], routes: Sequence[_Route], weight: float, room: float
    ) -> None:
        self.boxes = boxes
        used = {(r.gutter, r.track) for r in routes}
        gutters = [GUTTER + TRACK * sum(gutter == number for gutter, _ in used) for number in range(len(lanes) + 1)]
        for edge in (0, len(lanes)):  # what is written on an arrow may lie over the next lane, but not over the edge
            gutters[edge] = max([gutters[edge], *(_wide(r.arrow.label) + 4 for r in routes if r.gutter == edge)])
        self.wide = _widths(lanes, boxes, room - sum(gutters), weight, room * BROAD)
        self.middles = [sum(gutters[:g]) + gutters[g] / 2 + sum(self.wide[:g]) for g in range(len(gutters))]
        self.left = [sum(gutters[: lane + 1]) + sum(self.wide[:lane]) for lane in range(len(lanes))]
        self.width = sum(gutters) + sum(self.wide)
        self.titles = [wrapped(title, wide / EM + 1, 3) for title, wide in zip(lanes, self.wide, strict=True)]
        self.lines = [wrapped(box.text, self._room(box), 5 if box.shape == "box" else 4) for box in boxes]
        self.cut = sum(lines[-1].endswith(CUT) for lines in self.lines)
        self.heights = [self._height(box, lines) for box, lines in zip(boxes, self.lines, strict=True)]
        self.header = max(len(title) for title in self.titles) * ROW + 8
        downwards = {route.arrow.start: route.arrow.label for route in routes if route.gutter is None}
        gaps = self._gaps(routes)
        self.tops, y = [], self.header + MARGIN
        for row, height in enumerate(self.heights):
            self.tops.append(y)
            y += height + gaps[row] + len(_on_arrow(downwards.get(row, ""))) * EM
        self.height = y - gaps[-1] + MARGIN

    def _gaps(self, routes: Iterable[_Route]) -> list[float]:
        """The room below each row: more where words beside a box stand out of its row."""
        gaps = [GAP] * len(self.boxes)
        for arrow in (route.arrow for route in routes if route.gutter is not None):
            onwards = arrow.end > arrow.start  # its words stand above the line, those of one that goes back below
            row = arrow.start - onwards
            out = _high(arrow.label) + 3 - self.heights[arrow.start] / 2
            gaps[row] = max(gaps[row], out) if row >= 0 else gaps[row]
        return gaps

    def _room(self, box: Box) -> float:
        wide = self.wide[box.lane] / EM
        return wide * INSIDE if box.shape == "diamond" else wide - 1

    def _height(self, box: Box, lines: Sequence[str]) -> float:
        """A diamond holds its lines where the width they need still leaves them their height."""
        high = len(lines) * ROW
        if box.shape == "diamond":
            return high / (1 - min(max(map(measured, lines)) * EM / self.wide[box.lane], INSIDE)) + 4
        return high + (6 if box.shape == "ellipse" else 10)

    def _across(self, row: int) -> float:
        box = self.boxes[row]
        return 44.0 if box.shape == "ellipse" else self.wide[box.lane]

    def centre(self, row: int) -> _Point:
        """The middle of a row's box."""
        lane = self.boxes[row].lane
        return _Point(self.left[lane] + self.wide[lane] / 2, self.tops[row] + self.heights[row] / 2)

    def frames(self) -> Iterator[str]:
        """The lanes with their names."""
        edges = [0.0, *self.middles[1:-1], self.width]
        for number, title in enumerate(self.titles):
            sides = edges[number], edges[number + 1]
            yield _frame(f"lane{number}", sides, self.height, "white")
            yield _frame(f"head{number}", sides, self.header, TINTS["authority"], "\n".join(title))

    def box(self, row: int) -> str:
        """A row's box."""
        text = quoted("\n".join(self.lines[row]))
        size = f"width={self._across(row) / 72:.3f}, height={self.heights[row] / 72:.3f}"
        return f's{row} [shape={self.boxes[row].shape}, pos="{self.centre(row)}", {size}, label={text}]'

    def arrow(self, route: _Route) -> Iterator[str]:
        """An arrow, and its words at the place where it leaves."""
        arrow, lines = route.arrow, _on_arrow(route.arrow.label)
        start, wide, high = self.centre(arrow.start), _wide(arrow.label), _high(arrow.label)
        if route.gutter is None:
            points = self._down(arrow)
            aside = 4 + wide / 2
            x = start.x + (aside if start.x + aside + wide / 2 < self.width else -aside)
            place = _Point(x, points[0].y + 2 + high / 2)
        else:
            sign = 1 if route.gutter > self.boxes[arrow.start].lane else -1
            points = self._beside(route, sign)
            above = -1 if points[2].y > start.y else 1
            place = _Point(points[0].x + sign * (2 + wide / 2), start.y + above * (1.5 + high / 2))
        yield f's{arrow.start} -> s{arrow.end} [pos="{_spline(points)}"]'
        if lines:
            name = f"l{arrow.start}_{arrow.end}"
            size = f"width={wide / 72:.3f}, height={high / 72:.3f}"
            yield f'{name} [shape=plaintext, pos="{place}", {size}, label={quoted(chr(10).join(lines))}]'

    def _down(self, arrow: Arrow) -> list[_Point]:
        start, end = self.centre(arrow.start), self.centre(arrow.end)
        bottom, top = self.tops[arrow.start] + self.heights[arrow.start], self.tops[arrow.end]
        turn = top - GAP / 2
        bends = [] if start.x == end.x else [_Point(start.x, turn), _Point(end.x, turn)]
        return [_Point(start.x, bottom), *bends, _Point(end.x, top)]

    def _beside(self, route: _Route, sign: int) -> list[_Point]:
        """It leaves in the middle of a side and comes in above the middle, so that no line runs into another's."""
        arrow, gutter = route.arrow, route.gutter or 0
        start, end = self.centre(arrow.start), self.centre(arrow.end)
        x = self.middles[gutter] + (1 if route.track % 2 == 0 else -1) * (route.track // 2 + 0.5) * TRACK
        shape, half = self.boxes[arrow.end].shape, self._across(arrow.end) / 2
        y = end.y - (0 if shape == "ellipse" else self.heights[arrow.end] / 4)
        inwards = half / 2 if shape == "diamond" else half
        into = 1 if gutter > self.boxes[arrow.end].lane else -1
        first = _Point(start.x + sign * self._across(arrow.start) / 2, start.y)
        return [first, _Point(x, start.y), _Point(x, y), _Point(end.x + into * inwards, y)]


def _frame(name: str, sides: tuple[float, float], bottom: float, fill: str, title: str = "") -> str:
    """A frame from the top of the sheet down; Graphviz draws none that is empty, so there is a point in it."""
    start, end = sides
    place = f'bb="{start:.1f},{-bottom:.1f},{end:.1f},0"; lp="{(start + end) / 2:.1f},{-bottom / 2:.1f}"'
    point = f'{name} [style=invis, width=0.01, height=0.01, label="", pos="{start + 1:.1f},-1"]'
    colours = f'style=filled; fillcolor="{fill}"; color="{LINE}"'
    return f'subgraph "cluster_{name}" {{ {place}; {colours}; label={quoted(title)}; {point}; }}'


def _spline(points: Sequence[_Point]) -> str:
    """Straight lines as Graphviz writes them, an arrow's head at the end of the last."""
    tip, before = points[-1], points[-2]
    length = max(abs(tip.x - before.x) + abs(tip.y - before.y), 0.1)
    base = _between(tip, before, min(HEAD / length, 0.9))
    path = [points[0]]
    for start, end in zip(points, [*points[1:-1], base], strict=False):
        path += [_between(start, end, 1 / 3), _between(start, end, 2 / 3), end]
    return f"e,{tip} {' '.join(map(str, path))}"


def _between(start: _Point, end: _Point, part: float) -> _Point:
    return _Point(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)


def _on_arrow(label: str) -> list[str]:
    return wrapped(label, 9, 2) if label.strip() else []


def _high(label: str) -> float:
    return len(_on_arrow(label)) * (EM + 1.5)


def _wide(label: str) -> float:
    return max(map(measured, _on_arrow(label)), default=0) * EM + 3
