"""見え消し: two states of a document's body in one, deletions struck through and additions underlined.

Blocks and the rows of tables are aligned first: by id, by the text of a row's heading, else by content; then the words
inside a block or cell (`markedwords`). Without its `<ins>` the result says what stood there before, without its
`<del>` what stands there now; a heading, a cell or a row stays what it is, so the result is valid HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.documents.htmltree import Element, Node, elements, is_block, parse, text_of, write
from generator.documents.markedwords import GONE, NEW, inline, marked, without_names
from generator.history.wording import words

Units = Sequence[list[Node]]
"""What is aligned: a block alone, or the run of text between two blocks."""

ALIKE = 0.4
"""Blocks that share this part of their words are one block that changed (0 to 1)."""


def marked_up(before: str, after: str) -> str:
    """One body of two; the parts that are the same are written as they stand in the later one."""
    return write(_together(parse(before), parse(after)))


def _together(before: Sequence[Node], after: Sequence[Node]) -> list[Node]:
    if not any(map(is_block, (*before, *after))):
        return inline(before, after)
    found: list[Node] = []
    for old, new in _aligned(_units(before), _units(after)):
        found += _unit(old, new)
    return found


def _units(nodes: Sequence[Node]) -> list[list[Node]]:
    units: list[list[Node]] = []
    running = False
    for node in nodes:
        block = is_block(node)
        if running and not block:
            units[-1].append(node)
        else:
            units.append([node])
        running = not block
    return [unit for unit in units if is_block(unit[0]) or text_of(unit) or any(elements(unit, "img", "br"))]


def _unit(old: list[Node] | None, new: list[Node] | None) -> list[Node]:
    if old is None or new is None:
        return [_whole(node, NEW) for node in new or ()] if old is None else [_whole(node, GONE) for node in old]
    was, now = old[0], new[0]
    if not isinstance(was, Element) or not isinstance(now, Element) or not is_block(now):
        return inline(old, new)
    if write(old) == write(new):
        return [*new]
    if _columns(was) != _columns(now):
        return [_whole(was, GONE), _whole(now, NEW)]
    return [now.holding(_together(was.children, now.children))]


def _columns(element: Element) -> int:
    """How many cells stand side by side: rows and tables of other widths are not held against one another."""
    if element.tag == "table":
        return max((_columns(row) for row in elements(element.children, "tr")), default=0)
    if element.tag != "tr":
        return 0
    return sum(int(cell.get("colspan") or 1) for cell in elements(element.children, "th", "td"))


# --- which block is which --------------------------------------------------------------------------------


def _aligned(old: Units, new: Units) -> Iterator[tuple[list[Node] | None, list[Node] | None]]:
    """Every unit once, in order; what went before what came."""
    if old and new and all(_is_cell(unit) for unit in (*old, *new)):
        yield from zip(old, new, strict=True)
        return
    before, after = _keys(old, new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _near(old[i1:i2], new[j1:j2])


def _is_cell(unit: list[Node]) -> bool:
    return isinstance(unit[0], Element) and unit[0].tag in ("td", "th", "col")


def _keys(old: Units, new: Units) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """A name for every unit; a row's heading names it only where no other row has the same, and it is no number."""
    names = [[_name(unit) for unit in side] for side in (old, new)]
    often = {name for side in names for name, count in Counter(side).items() if count > 1 and name[0] == "tr"}
    first, second = (
        [name if name not in often else ("row", text_of(unit)) for name, unit in zip(side, units, strict=True)]
        for side, units in zip(names, (old, new), strict=True)
    )
    return first, second


def _name(unit: list[Node]) -> tuple[str, ...]:
    block = unit[0]
    if not isinstance(block, Element) or not is_block(block):
        return ("text", text_of(unit))
    if name := block.get("id"):
        return ("id", name)
    if block.tag == "tr":
        heading = text_of(list(elements(block.children, "th"))[:1])
        return ("tr", heading) if heading and not heading.isdecimal() else ("row", text_of(unit))
    inside = next(elements(block.children, *_NAMING.get(block.tag, ())), None)
    if inside is not None or block.tag in _NAMING:
        return (block.tag, block.get("class") or "", text_of([inside]) if inside else "")
    return (block.tag, text_of(unit))


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMING = {
    "table": ("caption", "thead"),
    "thead": (),
    "colgroup": (),
    "tbody": ("th",),
    "section": _HEADINGS,
    "div": _HEADINGS,
    "figure": ("figcaption",),
    "ol": (),
    "ul": (),
    "dl": (),
}
"""What names an element that holds others; those without a name are told apart by their class."""


def _near(old: Units, new: Units) -> Iterator[tuple[list[Node] | None, list[Node] | None]]:
    """Units of other names: in order, those that are alike are one."""
    start = 0
    for unit in new:
        best = max(range(start, len(old)), key=lambda place: (_likeness(old[place], unit), -place), default=None)
        if best is None or _likeness(old[best], unit) < ALIKE:
            continue_with: list[Node] | None = None
        else:
            yield from ((gone, None) for gone in old[start:best])
            continue_with, start = old[best], best + 1
        yield continue_with, unit
    yield from ((gone, None) for gone in old[start:])


def _likeness(old: list[Node], new: list[Node]) -> float:
    if _tag(old) != _tag(new):
        return 0.0
    was, now = (Counter(word for word in words(text_of(unit)) if not word.isspace()) for unit in (old, new))
    total = was.total() + now.total()
    return 2 * (was & now).total() / total if total else 1.0


def _tag(unit: list[Node]) -> str:
    return unit[0].tag if isinstance(unit[0], Element) and is_block(unit[0]) else ""


# --- whole blocks ----------------------------------------------------------------------------------------


def _whole(node: Node, what: str) -> Node:
    """A block that came or went: it stays what it is, and its text is marked."""
    if not is_block(node) or isinstance(node, str):
        return marked(what, [node])
    kept = without_names(node) if what == GONE else node
    if node.tag in ("col", "colgroup"):
        return kept
    children: list[Node] = []
    for unit in _units(node.children):
        children += [_whole(one, what) for one in unit] if is_block(unit[0]) else [marked(what, unit)]
    return (kept.classed(what) if node.tag in ("tr", "table", "figure") else kept).holding(children)
