"""Boxes in frames: laid out in rows of a few columns, and divided over sheets where there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.documents.drawings.canvas import Canvas, high
from generator.documents.drawings.drawing import BOXES, EM, HEIGHT, SMALL, packed
from generator.documents.drawings.palette import HOST, PLAIN, Tint
from generator.documents.drawings.words import fitted

GAP, PAD = 6.0, 5.0
"""Between two boxes, and between a frame and what is in it."""
COLUMNS = 4


@dataclass(frozen=True)
class Card:
    """A box: its title, and lines below it."""

    title: str
    rows: tuple[str, ...] = ()
    tint: Tint = HOST

    def lines(self, width: float) -> tuple[list[str], list[str]]:
        """Title and rows as they stand in a width."""
        room = width - 8
        rows = [line for row in self.rows if row for line in fitted(row, room / SMALL, 3)]
        return fitted(self.title, room / EM, 3), rows


@dataclass(frozen=True)
class Frame:
    """A frame with a heading and what is in it."""

    title: str
    children: tuple[Card | Frame, ...] = ()
    note: str = ""
    tint: Tint = PLAIN
    whole: bool = False
    """Whether it takes a whole row, however little is in it."""
    least: int = 1
    """As many columns as it takes at least."""
    id: str = ""

    @property
    def size(self) -> int:
        """How many boxes it holds; an empty one takes the room of one."""
        return max(1, sum(size_of(child) for child in self.children))


@dataclass(frozen=True)
class Placed:
    """Where a frame has come to stand."""

    frame: Frame
    x: float
    y: float
    width: float
    bar: float
    """The height of its heading."""


def size_of(child: Card | Frame) -> int:
    """How many boxes there are."""
    return child.size if isinstance(child, Frame) else 1


Measure = Callable[[Card | Frame], int]


def divided(frame: Frame, most: int, size: Measure) -> list[Frame]:
    """A frame, or its parts where it holds too much: `本庁舎（1/3）`."""
    if size(frame) <= most or not frame.children:
        return [frame]
    children: list[Card | Frame] = []
    for child in frame.children:
        children += divided(child, most, size) if isinstance(child, Frame) else [child]
    parts = list(packed(((child, size(child)) for child in children), most))
    titles = [f"{frame.title}（{n}/{len(parts)}）" if len(parts) > 1 else frame.title for n in range(1, len(parts) + 1)]
    return [replace(frame, title=title, children=tuple(part)) for title, part in zip(titles, parts, strict=True)]


def sheets(frames: Iterable[Frame], width: float, columns: int = COLUMNS) -> list[list[Frame]]:
    """Frames, divided where needed, put on sheets: no more than can be seen at once, and no higher than a sheet."""

    def room(child: Card | Frame) -> int:
        if isinstance(child, Card):
            tall = height_of([child], width / columns - 4 * PAD, 1) / columns + 3
        else:
            tall = height_of([child], width, columns) + GAP
        return int(max(tall, size_of(child) * HEIGHT / BOXES))

    whole = list(frames)
    if sum(map(size_of, whole)) <= BOXES and height_of(whole, width, columns) <= HEIGHT:
        return [whole]
    parts = [part for frame in whole for part in divided(frame, int(HEIGHT), room)]
    return list(packed(((part, room(part)) for part in parts), int(HEIGHT)))


def height_of(children: Sequence[Card | Frame], width: float, columns: int = COLUMNS) -> float:
    """The height that boxes take in a width."""
    return draw(Canvas(), children, (0.0, 0.0), width, columns)[0]


def draw(
    canvas: Canvas,
    children: Sequence[Card | Frame],
    at: tuple[float, float],
    width: float,
    columns: int = COLUMNS,
) -> tuple[float, list[Placed]]:
    """Draw boxes from a corner on; returns the height they took, and where the frames stand."""
    y, placed = at[1], list[Placed]()
    unit = (width - (columns - 1) * GAP) / columns
    for shelf in _shelves(children, columns):
        wide = [span * unit + (span - 1) * GAP for _, span in shelf]
        tall = max(_height(child, w, span) for (child, span), w in zip(shelf, wide, strict=True))
        x, mixed = at[0], any(isinstance(child, Frame) for child, _ in shelf)
        for (child, span), w in zip(shelf, wide, strict=True):
            if isinstance(child, Frame):
                placed += _frame(canvas, child, (x, y), (w, tall), span)
            else:
                _card(canvas, child, (x, y), (w, _height(child, w, 1) if mixed else tall))
            x += w + GAP
        y += tall + GAP
    return max(0.0, y - GAP - at[1]), placed


def _shelves(children: Iterable[Card | Frame], columns: int) -> Iterator[list[tuple[Card | Frame, int]]]:
    """Rows of boxes with the columns each takes."""
    shelf: list[tuple[Card | Frame, int]] = []
    for child in children:
        span = _span(child, columns)
        if shelf and sum(taken for _, taken in shelf) + span > columns:
            yield shelf
            shelf = []
        shelf.append((child, span))
    if shelf:
        yield shelf


def _span(child: Card | Frame, columns: int) -> int:
    if isinstance(child, Card):
        return 1
    inside = sum(_span(one, columns) for one in child.children)
    return columns if child.whole else min(columns, max(child.least, inside, 1))


def _height(child: Card | Frame, width: float, columns: int) -> float:
    if isinstance(child, Card):
        title, rows = child.lines(width)
        return high(title, EM) + high(rows, SMALL) + 7
    inside = height_of(child.children, width - 2 * PAD, columns)
    return _bar(child, width) + (inside + 2 * PAD if child.children else 0.0)


def _heading(frame: Frame, width: float) -> tuple[list[str], list[str]]:
    room = width - 10
    return fitted(frame.title, room / EM, 2), fitted(frame.note, room / SMALL, 3) if frame.note else []


def _bar(frame: Frame, width: float) -> float:
    title, note = _heading(frame, width)
    return high(title, EM) + high(note, SMALL) + 5


def _frame(
    canvas: Canvas, frame: Frame, at: tuple[float, float], size: tuple[float, float], columns: int
) -> list[Placed]:
    title, note = _heading(frame, size[0])
    bar, tint = _bar(frame, size[0]), frame.tint
    canvas.box(at, size, tint.fill, tint.line, dashed=tint.dashed)
    canvas.box(at, (size[0], bar), tint.bar, tint.line, dashed=tint.dashed)
    canvas.text((at[0] + 5, at[1] + 2), title, EM, bold=True, anchor="start")
    canvas.text((at[0] + 5, at[1] + 2 + high(title, EM)), note, SMALL, anchor="start")
    inside = (at[0] + PAD, at[1] + bar + PAD)
    _, placed = draw(canvas, frame.children, inside, size[0] - 2 * PAD, columns)
    return [Placed(frame, at[0], at[1], size[0], bar), *placed]


def _card(canvas: Canvas, card: Card, at: tuple[float, float], size: tuple[float, float]) -> None:
    title, rows = card.lines(size[0])
    canvas.box(at, size, card.tint.fill, card.tint.line, dashed=card.tint.dashed, corner=2)
    middle, top = at[0] + size[0] / 2, at[1] + (size[1] - high(title, EM) - high(rows, SMALL)) / 2
    canvas.text((middle, top), title, EM, bold=True)
    canvas.text((middle, top + high(title, EM)), rows, SMALL)
