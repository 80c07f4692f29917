"""Which block of one body is which of another: by id, by the text of a row's heading, else by content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from generator.documents.htmltree import Element, Node, elements, is_block, is_cell, text_of
from generator.history.likeness import in_order, likeness
from generator.history.words import words

Unit: TypeAlias = list[Node]
"""What is aligned: a block alone, or the run of text between two blocks."""

Found: TypeAlias = tuple[Unit | None, Unit | None]
"""A unit before and after; None where it is not there."""

Name: TypeAlias = tuple[str, ...]

ALIKE = 0.4
"""Blocks that share this part of their words are one block that changed (0 to 1)."""

ALL, NEAR = 40_000, 50
"""So many likenesses are worked out at most; beyond, only those of blocks that stand this near to each other."""


def units(nodes: Sequence[Node]) -> list[Unit]:
    """The blocks, and the runs of text between them; blanks between blocks are nothing."""
    found: list[Unit] = []
    running = False
    for node in nodes:
        block = is_block(node)
        if running and not block:
            found[-1].append(node)
        else:
            found.append([node])
        running = not block
    return [unit for unit in found if is_block(unit[0]) or text_of(unit) or any(elements(unit, "img", "br"))]


def aligned(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Found]:
    """Every unit once, in order; what went before what came. The cells of a row go one by one."""
    if old and new and all(is_cell(unit[0]) for unit in (*old, *new)):
        yield from zip(old, new, strict=True)
        return
    before, after = _names(old, new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _near(old[i1:i2], new[j1:j2])


# --- by name -----------------------------------------------------------------------------------------------


def _names(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[Name], list[Name]]:
    """A name for every unit; a row's heading names it only where no other row has the same."""
    names = [[_name(unit) for unit in side] for side in (old, new)]
    often = {name for side in names for name, count in Counter(side).items() if count > 1 and name[0] == "tr"}
    before, after = (
        [("row", text_of(unit)) if name in often else name for name, unit in zip(side, found, strict=True)]
        for side, found in zip(names, (old, new), strict=True)
    )
    return before, after


def _name(unit: Unit) -> Name:
    block = unit[0]
    if not isinstance(block, Element) or not is_block(block):
        return ("text", text_of(unit))
    if name := block.get("id"):
        return ("id", name)
    if block.tag == "tr":
        return _row_name(block)
    if block.tag in _NAMING:
        return (block.tag, block.get("class") or "", text_of(list(elements(block.children, *_NAMING[block.tag]))[:1]))
    return (block.tag, text_of(unit))


def _row_name(row: Element) -> Name:
    """By the first heading; where rows are numbered, by what is beside the number."""
    heading = next((cell for cell in row.children if isinstance(cell, Element) and cell.tag == "th"), None)
    named = text_of([heading]) if heading else ""
    if not named or named.isdecimal():
        return ("row", *(text_of([cell]) for cell in row.children if is_cell(cell) and cell is not heading))
    return ("tr", named)


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMING = {
    "table": ("caption", "thead"),
    "thead": ("",),
    "colgroup": ("",),
    "tbody": ("th",),
    "section": _HEADINGS,
    "div": _HEADINGS,
    "figure": ("figcaption",),
    "ol": ("",),
    "ul": ("",),
    "dl": ("",),
}
"""What names an element that holds others; those without a name are told apart by their class."""


# --- by content ----------------------------------------------------------------------------------------------


def _near(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Found]:
    """Units of other names: in order, those that are alike are one."""
    bags = [[_bag(unit) for unit in side] for side in (old, new)]
    reach = len(new) if len(old) * len(new) <= ALL else NEAR

    def alike(i: int, j: int) -> float:
        return _likeness(bags[0][i], bags[1][j]) if abs(i - j) <= reach else 0.0

    for i, j in in_order(len(old), len(new), alike, ALIKE):
        yield None if i is None else old[i], None if j is None else new[j]


def _bag(unit: Unit) -> tuple[str, Counter[str]]:
    tag = unit[0].tag if isinstance(unit[0], Element) and is_block(unit[0]) else ""
    return tag, Counter(word for word in words(text_of(unit)) if not word.isspace())


def _likeness(old: tuple[str, Counter[str]], new: tuple[str, Counter[str]]) -> float:
    """Of two elements of one sort; those that say nothing are alike."""
    if old[0] != new[0]:
        return 0.0
    return likeness(old[1], new[1]) if old[1] or new[1] else 1.0
