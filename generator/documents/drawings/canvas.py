"""A sheet on which boxes, words and arrows have places; it becomes SVG without a layout of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generator.documents.diagrams import FONT, INK
from generator.documents.drawings.palette import STROKE, TEXT
from generator.documents.drawings.words import clean

LEADING = 1.28
"""The height of a line in letters."""
HEAD = 5.5
"""The length of an arrow's head."""

Point = tuple[float, float]


def high(lines: Sequence[str], size: float) -> float:
    """The height of lines of a size."""
    return len(lines) * size * LEADING


class Canvas:
    """What has been drawn so far; y runs downwards, in points."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def box(
        self,
        at: Point,
        size: Point,
        fill: str = "#ffffff",
        line: str = INK,
        *,
        dashed: bool = False,
        corner: float = 0.0,
        thick: float = 0.8,
    ) -> None:
        """A rectangle from its upper left corner."""
        dash = ' stroke-dasharray="3.5,2.5"' if dashed else ""
        place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}" rx="{corner:g}"'
        self._parts.append(f'<rect {place} fill="{fill}" stroke="{line}" stroke-width="{thick:g}"{dash}/>')

    def text(
        self,
        at: Point,
        lines: Sequence[str],
        size: float,
        *,
        bold: bool = False,
        anchor: str = "middle",
        colour: str = TEXT,
    ) -> None:
        """Lines of text; `at` is the middle (or the start) of the upper edge of the first."""
        weight = ' font-weight="bold"' if bold else ""
        for row, words in enumerate(lines):
            y = at[1] + size * (LEADING * row + 1.0)
            look = f'font-size="{size:g}" text-anchor="{anchor}" fill="{colour}"{weight}'
            self._parts.append(f'<text x="{at[0]:.1f}" y="{y:.1f}" {look}>{escape(clean(words))}</text>')

    def under(self, at: Point, size: Point, fill: str = "#ffffff") -> None:
        """A ground for words that lie on lines."""
        place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}"'
        self._parts.append(f'<rect {place} fill="{fill}"/>')

    def dot(self, at: Point, colour: str = STROKE) -> None:
        """A junction."""
        self._parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="1.8" fill="{colour}"/>')

    def line(self, points: Sequence[Point], *, head: bool = True, tail: bool = False, dashed: bool = False) -> None:
        """A line with corners, and heads at its ends."""
        dash = ' stroke-dasharray="3.5,2.5"' if dashed else ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(f'<polyline points="{path}" fill="none" stroke="{STROKE}" stroke-width="0.9"{dash}/>')
        if head:
            self._head(points[-1], points[-2])
        if tail:
            self._head(points[0], points[1])

    def curve(self, start: Point, end: Point, *, head: bool = True, tail: bool = False) -> None:
        """A line that leaves and comes in level."""
        bend = (end[0] - start[0]) * 0.45
        path = f"M{start[0]:.1f},{start[1]:.1f} C{start[0] + bend:.1f},{start[1]:.1f} "
        path += f"{end[0] - bend:.1f},{end[1]:.1f} {end[0]:.1f},{end[1]:.1f}"
        self._parts.append(f'<path d="{path}" fill="none" stroke="{STROKE}" stroke-width="0.8"/>')
        if head:
            self._head(end, (start[0], end[1]))
        if tail:
            self._head(start, (end[0], start[1]))

    def _head(self, tip: Point, before: Point) -> None:
        dx, dy = tip[0] - before[0], tip[1] - before[1]
        length = max((dx * dx + dy * dy) ** 0.5, 0.1)
        ux, uy = dx / length, dy / length
        back = tip[0] - ux * HEAD, tip[1] - uy * HEAD
        sides = [(back[0] - uy * 2.2, back[1] + ux * 2.2), (back[0] + uy * 2.2, back[1] - ux * 2.2)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, *sides))
        self._parts.append(f'<polygon points="{path}" fill="{STROKE}"/>')

    def add(self, other: Canvas) -> None:
        """Lay another sheet over this one."""
        self._parts += other._parts

    def svg(self, width: float, height: float) -> str:
        """The sheet as a picture of its natural size."""
        size = f'width="{width:.1f}pt" height="{height:.1f}pt" viewBox="0 0 {width:.1f} {height:.1f}"'
        ground = f'<rect width="{width:.1f}" height="{height:.1f}" fill="#ffffff"/>'
        body = "".join(self._parts)
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}">{ground}{body}</svg>'
