"""見え消し: two states of a document's body in one, deletions struck through and additions underlined.

Blocks and the rows of tables are aligned first (`alignment`), then the words inside a block or cell (`markedwords`).
Without its `<ins>` the result says what stood there before, without its `<del>` what stands there now; a heading, a
cell or a row stays what it is, so the result is valid HTML.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.documents.alignment import Unit, aligned, units
from generator.documents.htmltree import Element, Node, elements, is_block, is_cell, parse, write
from generator.documents.markedwords import GONE, NEW, inline, marked, without_names


def marked_up(before: str, after: str) -> str:
    """One body of two; what is the same is written as it stands in the later one."""
    merged = _together(parse(before), parse(after))
    return write(_named_once(merged, set()))


def _together(before: Sequence[Node], after: Sequence[Node]) -> list[Node]:
    if not any(map(is_block, (*before, *after))):
        return inline(before, after)
    found: list[Node] = []
    for old, new in aligned(units(before), units(after)):
        found += _one(old, new)
    return found


def _one(old: Unit | None, new: Unit | None) -> list[Node]:
    if old is None or new is None:
        unit, what = (new or [], NEW) if old is None else (old, GONE)
        return _units_marked([unit], what) if unit else []
    was, now = old[0], new[0]
    if not isinstance(was, Element) or not isinstance(now, Element) or not is_block(now):
        return inline(old, new)
    if write(old) == write(new):
        return [*new]
    if _shape(was) != _shape(now):
        return [_whole(was, GONE), _whole(now, NEW)]
    return [now.holding(_together(was.children, now.children))]


def _shape(element: Element) -> tuple[str | None, ...]:
    """The widths of the cells that stand side by side: rows and tables of other shapes are not put together."""
    if element.tag == "table":
        return max((_shape(row) for row in elements(element.children, "tr")), key=len, default=())
    if element.tag != "tr":
        return ()
    return tuple(cell.get("colspan") for cell in element.children if isinstance(cell, Element) and is_cell(cell))


def _whole(node: Element, what: str, said: bool = True) -> Element:
    """A block that came or went: it stays what it is, and its text is marked; of a row, the first cell says so."""
    kept = without_names(node) if what == GONE else node
    held = kept.holding(_units_marked(units(kept.children), what, said, once=node.tag == "tr"))
    return held.classed(what) if node.tag == "tr" else held


def _units_marked(found: Sequence[Unit], what: str, said: bool = True, once: bool = False) -> list[Node]:
    nodes: list[Node] = []
    for unit in found:
        block = unit[0]
        whole = isinstance(block, Element) and is_block(block)
        nodes.append(_whole(block, what, said) if whole and isinstance(block, Element) else marked(what, unit, said))
        said = said and not once
    return nodes


def _named_once(nodes: Sequence[Node], seen: set[str]) -> list[Node]:
    """An element that marks have cut in pieces bears its id once."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Element):
            name = node.get("id")
            kept = node.without("id") if name in seen else node
            seen |= {name} if name else set()
            node = kept.holding(_named_once(node.children, seen))
        found.append(node)
    return found
