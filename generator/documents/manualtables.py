"""The tables of a manual laid out: columns as wide as what they say, rows named by their first cell, and cells that say
what they are where a table has no room for its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from generator.documents.books import WAITING
from generator.documents.htmltree import Element, elements, is_cell, parse, text_of, write
from generator.documents.markup import Markup

CLASSES = (4, 6, 8, 10, 11, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 44, 48)
"""The widths that `body.css` knows, in parts of a hundred."""

LINE = 58.0
"""About so many full-width characters stand in a line of a table on a sheet of A4."""

BRIEF = 9
"""A table of fewer rows stands on one sheet."""

_PADDING, _LATIN, _WIDENED, _GENEROUS = 2.0, 0.6, 1.5, 1.15


def laid_out(html: Markup) -> Markup:
    """The HTML with its tables laid out; those whose columns have a width already stay as they are."""
    if "<table" not in html:
        return html
    nodes = parse(str(html))
    for table in elements(nodes, "table"):
        if not any(col.get("class") for col in elements(table.children, "col")):
            _lay_out(table)
    return Markup(write(nodes))


def _lay_out(table: Element) -> None:
    rows = [[cell for cell in row.children if _is(cell)] for row in elements(table.children, "tr")]
    if not rows or not rows[0]:
        return
    columns = [[text_of([cell]) for cell in cells] for cells in zip(*rows, strict=False)]
    if not any(elements(table.children, "colgroup")):
        _name_cells(table, columns)
        table.children.insert(0, Element("colgroup"))
    colgroup = next(elements(table.children, "colgroup"))
    colgroup.children[:] = [Element("col", (("class", name),) if name else ()) for name in widths(columns)]


def _is(node: Element | str) -> bool:
    return isinstance(node, Element) and is_cell(node)


def _name_cells(table: Element, columns: Sequence[Sequence[str]]) -> None:
    """What a table of Markdown lacks: its first cells head their rows, the others name their column."""
    table.attributes = table.classed("stack dense brief" if len(columns[0]) < BRIEF else "stack dense").attributes
    for row in (row for body in elements(table.children, "tbody") for row in elements(body.children, "tr")):
        cells = [cell for cell in row.children if isinstance(cell, Element)]
        for place, cell in enumerate(cells):
            if place == 0 and text_of([cell]):
                cell.tag, cell.attributes = "th", (*cell.attributes, ("scope", "row"))
            elif columns[place][0]:
                cell.attributes = (*cell.attributes, ("data-label", WAITING.sub("", columns[place][0])))


def widths(columns: Sequence[Sequence[str]]) -> list[str]:
    """The class of each column's width; none for the widest, which takes what is left.

    A column whose longest cell about fits into an equal share is as wide as that; the others share the rest.
    """
    longest = [max(map(_length, cells)) + _PADDING for cells in columns]
    wanted = dict(_wanted(longest))
    widest = max(wanted, key=lambda place: (longest[place], -place))
    return ["" if place == widest else _class(wanted[place]) for place in range(len(columns))]


def _wanted(longest: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Each column with its part of a hundred."""
    room, left = LINE, sorted(range(len(longest)), key=lambda place: longest[place])
    while left and longest[left[0]] <= room / len(left) * _GENEROUS:
        room -= longest[left.pop(0)]
    share = sum(sqrt(longest[place]) for place in left)
    more = 1.0 if left else min(_WIDENED, LINE / sum(longest))
    for place, length in enumerate(longest):
        yield place, (room * sqrt(length) / share if place in left else length * more) / LINE * 100


def _class(wanted: float) -> str:
    return f"c{next((width for width in CLASSES if width >= wanted - 0.5), CLASSES[-1])}"


def _length(text: str) -> float:
    plain = WAITING.sub("　" * 10, text)
    return sum(_LATIN if char < "\u2000" else 1.0 for char in plain)
