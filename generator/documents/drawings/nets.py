"""Nets drawn by Graphviz: upright or lying, whichever can be read on a sheet; halved where neither can."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from generator.documents.diagrams import FONT, INK, TINTS, quoted, svg
from generator.documents.drawings.canvas import Canvas
from generator.documents.drawings.drawing import BOXES, HEIGHT, WIDTH, packed
from generator.documents.drawings.frames import Card, draw
from generator.documents.drawings.groups import Line, Net, alone, divided, shares
from generator.documents.drawings.words import fitted

EM, ON_LINE = 9.0, 8.6
"""The letters in boxes and on lines."""
LEAST = 7.5
"""What they must at least be when the drawing has been made to fit its sheet."""
BROAD = 11.5
"""Letters in a line of a box."""
FEW = 4
"""So many boxes without lines stand beside the others; more have a drawing of their own."""

_SIZE = re.compile(r'<svg width="(\d+)pt" height="(\d+)pt"')


@dataclass(frozen=True)
class Node:
    """A box: its title on tinted ground, and lines below it."""

    title: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A part of the net: its own boxes, those it only shows as the ends of lines, and the drawing."""

    keys: tuple[str, ...]
    ghosts: tuple[str, ...]
    lines: tuple[Line, ...]
    drawing: str
    lone: bool = False
    """Whether its boxes have no lines at all."""


def sheets(nodes: Mapping[str, Node], lines: Iterable[Line], belongs: Mapping[str, str], most: int) -> list[Sheet]:
    """The drawings of a net, every line in exactly one of them."""
    known = tuple(line for line in lines if line.start in nodes and line.end in nodes and line.start != line.end)
    net = Net(tuple(nodes), known, belongs)
    parts, lone = divided(net, most), alone(net)
    beside = len(lone) <= FEW and len(parts) == 1
    found: list[Sheet] = []
    for part in parts:
        found += _fitted(net, nodes, parts, part, lone if beside else [])
    if not beside and lone:
        found += [_plain(nodes, page) for page in packed(((key, 1) for key in lone), BOXES)]
    return found


def _fitted(
    net: Net, nodes: Mapping[str, Node], parts: Sequence[Sequence[str]], part: Sequence[str], beside: Sequence[str]
) -> Iterator[Sheet]:
    """The drawing of a part; of its halves where it cannot be read on one sheet."""
    lines = shares(net, parts)[list(parts).index(part)]
    best, scale = _drawn(nodes, part, lines, beside)
    if scale * ON_LINE >= LEAST or len(part) < 3:
        keys = (*part, *beside)
        ghosts = dict.fromkeys(end for line in lines for end in (line.start, line.end) if end not in keys)
        yield Sheet(keys, tuple(ghosts), tuple(lines), best)
        return
    place, middle = list(parts).index(part), (len(part) + 1) // 2
    order = _near(part, lines)
    halves = [[key for key in part if key in order[:middle]], [key for key in part if key in order[middle:]]]
    finer = [*parts[:place], *halves, *parts[place + 1 :]]
    for half in halves:
        yield from _fitted(net, nodes, finer, half, ())
    if beside:
        yield _plain(nodes, beside)


def _near(part: Sequence[str], lines: Iterable[Line]) -> list[str]:
    """The boxes of a part in the order in which they are reached from the first."""
    joined: dict[str, list[str]] = {key: [] for key in part}
    for line in lines:
        if line.start in joined and line.end in joined:
            joined[line.start].append(line.end)
            joined[line.end].append(line.start)
    order: dict[str, None] = {}
    for first in part:
        waiting = [first]
        for key in waiting:
            if key not in order:
                order[key] = None
                waiting += joined[key]
    return list(order)


def _plain(nodes: Mapping[str, Node], keys: Sequence[str]) -> Sheet:
    canvas = Canvas()
    cards = [Card(nodes[key].title, nodes[key].rows[:4]) for key in keys]
    height, _ = draw(canvas, cards, (1.0, 1.0), WIDTH - 2)
    return Sheet(tuple(keys), (), (), canvas.svg(WIDTH, height + 2), lone=True)


def _drawn(
    nodes: Mapping[str, Node], part: Sequence[str], lines: Sequence[Line], beside: Sequence[str]
) -> tuple[str, float]:
    """The better of the two ways to draw it, and how much it is made smaller to fit."""
    tried = []
    for direction in ("TB", "LR"):
        drawing = svg(_dot(nodes, part, lines, beside, direction))
        width, height = map(float, next(iter(_SIZE.findall(drawing))))
        scale = min(1.0, WIDTH / width, HEIGHT / height)
        tried.append((scale, drawing))
        if scale == 1.0:
            break
    scale, drawing = max(tried, key=lambda one: one[0])
    return drawing, scale


def _dot(
    nodes: Mapping[str, Node], part: Sequence[str], lines: Sequence[Line], beside: Sequence[str], direction: str
) -> str:
    keys = [*part, *beside]
    ghosts = dict.fromkeys(end for line in lines for end in (line.start, line.end) if end not in keys)
    names = {key: f"n{number}" for number, key in enumerate((*keys, *ghosts))}
    text = [
        "digraph net {",
        f'graph [rankdir={direction}, nodesep=0.18, ranksep={0.42 if direction == "TB" else 0.5}, pad=0.02, fontname="{FONT}", bgcolor="white"]',
        f'node [shape=plain, fontname="{FONT}", fontsize={EM}]',
        f'edge [color="#333333", fontname="{FONT}", fontsize={ON_LINE}, arrowsize=0.7]',
    ]
    text += [f"{names[key]} [label=<{_label(nodes[key])}>]" for key in keys]
    text += [f"{names[key]} [label=<{_ghost(nodes[key])}>]" for key in ghosts]
    text += [_line(line, names) for line in lines]
    chain = [names[key] for key in beside]
    text += [f"{one} -> {other} [style=invis]" for one, other in pairwise(chain)]
    return "\n".join([*text, "}"])


def _line(line: Line, names: Mapping[str, str]) -> str:
    words = quoted("\n".join(f" {part} " for part in fitted(line.label, 9, 3)) if line.label else "")
    style = ", style=dashed" if line.dashed else ""
    ends = f"dir=both, arrowhead={line.head}, arrowtail={line.tail}"
    return f"{names[line.start]} -> {names[line.end]} [label={words}, {ends}{style}]"


def _label(node: Node) -> str:
    head = f'<TD BGCOLOR="{TINTS["authority"]}">{_words(fitted(node.title, BROAD, 3))}</TD>'
    rows = [line for row in node.rows if row for line in fitted(row, BROAD + 0.5, 2)]
    body = f'<TR><TD ALIGN="LEFT" BALIGN="LEFT" BGCOLOR="white">{_words(rows)}</TD></TR>' if rows else ""
    return (
        f'<TABLE COLOR="{INK}" BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3"><TR>{head}</TR>{body}</TABLE>'
    )


def _ghost(node: Node) -> str:
    words = _words(fitted(node.title, BROAD, 2))
    look = 'COLOR="#7b8a9a" STYLE="DASHED" BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3"'
    return f'<TABLE {look}><TR><TD BGCOLOR="white"><FONT COLOR="#333333">{words}</FONT></TD></TR></TABLE>'


def _words(lines: Iterable[str]) -> str:
    r"""Lines of text; Graphviz would read a backslash as one of its own."""
    return "<BR/>".join(escape(line).replace("\\", r"\\") or " " for line in lines)
