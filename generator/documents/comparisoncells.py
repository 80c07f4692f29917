"""The cells of a 新旧対照表: a text before and after, the changed words marked, what stayed shortened.

The marks are those of official ordinances: changed words underlined, whole new or dropped units doubly underlined,
［新設］ and ［削る］ on the side where a unit is not, ［略］ and ［同左］ for what stayed and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.history import wording

NEW, DROPPED, OMITTED, SAME_AS_LEFT = "［新設］", "［削る］", "［略］", "［同左］"

PLAIN, CHANGED, WHOLE, NOTE = "plain", "changed", "whole", "note"
"""Plain text, changed words, a whole unit that is new or dropped, a note in brackets."""

BRACKETS = (
    (NEW, "改正前にはなかったもの"),
    (DROPPED, "改正後にはないもの"),
    (f"{OMITTED}{SAME_AS_LEFT}", "改めていないため省いたもの"),
)
"""What the notes mean."""

NEAR = 40
"""Of unchanged text beside a change about this many characters are shown."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a cell and how it is marked."""

    mark: str
    text: str


@dataclass(frozen=True)
class Cell:
    """One side of a row."""

    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Row:
    """A field after and before; without a title, what is left out between two fields."""

    title: str
    after: Cell
    before: Cell


def omission() -> Row:
    """What stayed."""
    return Row("", Cell((Piece(NOTE, OMITTED),)), Cell((Piece(NOTE, SAME_AS_LEFT),)))


def whole(name: str, text: str, new: bool, first: bool = True) -> Row:
    """A field of a unit that is new or dropped; the first says so on the other side."""
    there = Cell((Piece(WHOLE, text),))
    missing = Cell((Piece(NOTE, NEW if new else DROPPED),)) if first else Cell()
    return Row(name, there, missing) if new else Row(name, missing, there)


def compared(name: str, before: str, after: str) -> Row:
    """A field's row; a side that is empty is a field that came or went."""
    if not before or not after:
        return whole(name, before or after, new=not before)
    runs = wording.runs(before, after)
    sides = (_pieces(runs, wording.NEW, OMITTED), _pieces(runs, wording.GONE, SAME_AS_LEFT))
    return Row(name, *map(Cell, sides))


def _pieces(runs: Sequence[wording.Run], own: str, note: str) -> tuple[Piece, ...]:
    """One side of the runs; long stretches that stayed are left out of both in the same way."""
    found: list[Piece] = []
    for place, run in enumerate(runs):
        if run.what == wording.SAME:
            found += _shortened(run.text, note, first=place == 0, last=place == len(runs) - 1)
        elif run.what == own:
            found.append(Piece(CHANGED, run.text))
    return tuple(found)


def _shortened(text: str, note: str, first: bool, last: bool) -> list[Piece]:
    sentences = re.findall(r"[^。\n]*[。\n]?", text)
    head = "" if first else _beside(sentences)
    tail = "" if last else _beside([one[::-1] for one in reversed(sentences)])[::-1]
    middle = text[len(head) : len(text) - len(tail)]
    if len(head) + len(tail) >= len(text) or len(middle) <= NEAR:
        return [Piece(PLAIN, text)]
    return [Piece(*part) for part in ((PLAIN, head), (NOTE, note), (PLAIN, tail)) if part[1]]


def _beside(sentences: Sequence[str]) -> str:
    """As many whole sentences as reach the length that is shown."""
    shown = ""
    for sentence in sentences:
        if shown and len(shown) + len(sentence) > NEAR:
            break
        shown += sentence
    return shown
