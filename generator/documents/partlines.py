"""What is read in a part of a book, line by line, and the lines before and after a change side by side.

A paragraph is a line, and so is an item of a list and a row of a table, its cells set apart by `｜`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from hashlib import sha256

from generator.documents.books import Book, Part
from generator.documents.comparisoncells import (
    CHANGED,
    NOTE,
    OMITTED,
    PLAIN,
    SAME_AS_LEFT,
    WHOLE,
    Cell,
    Piece,
    Row,
    compared,
    whole,
)
from generator.documents.markup import Markup
from generator.history.likeness import in_order, likeness
from generator.history.words import words

APART = " ｜ "
REDRAWN = "（図を改めた）"
SHORT = 24
"""A cell of a changed row that stayed is shown when it has so many characters."""

ALIKE = 0.4
"""Lines that share this part of their words are one line that changed; of a table's rows, their first cells count."""

_END = re.compile(r"</(?:p|li|tr|h\d|dt|dd|pre|figcaption|caption)>|<br ?/?>")
_NAMED = re.compile(r"</dt>\s*(?=<dd)")
_CELL = re.compile(r"</t[hd]>\s*(?=<t[hd])")
_TAG = re.compile(r"<[^>]*>")
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_BREAK = re.compile(r"<br ?/?>|</(?:p|li|dt|dd)>(?=\s*<(?:p|li|dt|dd))")

_PICTURE = re.compile(r"<img\b[^>]*>")
_ALTERNATIVE, _SOURCE = re.compile(r'\balt="([^"]*)"'), re.compile(r'\bsrc="([^"]*)"')
_DRAWN = "\x13"
"""Between what is said of a picture and what tells it from others."""

Sides = tuple[list[Piece], list[Piece]]
"""The pieces of a line before and after."""


def read(book: Book, part: Part | None, alone: bool) -> list[str]:
    """The lines of a part below its heading: all of it, or `alone` without the parts inside."""
    if part is None:
        return []
    text = _PICTURE.sub(_pictured, str(book.done(part.own if alone else part.html)))
    rows = _ROW.sub(lambda row: _BREAK.sub("、", _CELL.sub(APART, row[0])).replace("\n", ""), text)
    plain = Markup(_TAG.sub("", _END.sub("\n", _NAMED.sub("：", rows)))).unescape()
    lines = [line for line in (" ".join(line.split(" ")).strip() for line in plain.split("\n")) if line]
    return lines if alone else lines[1:]


def _pictured(picture: re.Match[str]) -> str:
    """A picture as a line: its alternative text, and what tells whether it was drawn anew."""
    said, source = (found[1] if (found := one.search(picture[0])) else "" for one in (_ALTERNATIVE, _SOURCE))
    return f"［図］{said}{_DRAWN}{sha256(source.encode()).hexdigest()}<br>"


def side_by_side(title: str, before: Sequence[str], after: Sequence[str]) -> Row:
    """The lines as one row of a comparison table; those that stayed are left out."""
    if not before or not after:
        return whole(title, "\n".join(map(_said, before or after)), new=not before)
    old: list[Piece] = []
    new: list[Piece] = []
    for was, now in _lines(before, after):
        for side, pieces in ((old, was), (new, now)):
            again = bool(pieces) and pieces[-1].mark == NOTE and side[-1:] == pieces
            if not again:  # what is left out on both sides of a line that came is left out once
                side += [Piece(PLAIN, "\n"), *pieces] if side and pieces else pieces
    return Row(title, Cell(tuple(new)), Cell(tuple(old)))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Sides]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield [Piece(NOTE, SAME_AS_LEFT)], [Piece(NOTE, OMITTED)]
            continue
        yield from _changed(before[i1:i2], after[j1:j2])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Sides]:
    def alike(i: int, j: int) -> float:
        return _likeness(old[i], new[j])

    for i, j in in_order(len(old), len(new), alike, ALIKE):
        yield _line("" if i is None else old[i], "" if j is None else new[j])


def _likeness(one: str, other: str) -> float:
    cells, others = one.split(APART), other.split(APART)
    if len(cells) != len(others):
        return 0.0
    first = 1.0 if len(cells) > 1 and cells[0] == others[0] and not cells[0].isdecimal() else 0.0
    return max(first, likeness(_bag(one), _bag(other)))


@cache
def _bag(line: str) -> Counter[str]:
    return Counter(word for word in words(line) if not word.isspace() and word != "｜")


def _line(was: str, now: str) -> Sides:
    """A line that changed, came or went; of a row the cells one by one."""
    was, now, redrawn = _said(was), _said(now), _DRAWN in was and _said(was) == _said(now)
    if redrawn:
        return [Piece(PLAIN, was)], [Piece(PLAIN, now), Piece(NOTE, REDRAWN)]
    if not was or not now:
        return ([Piece(WHOLE, was)] if was else []), ([Piece(WHOLE, now)] if now else [])
    old: list[Piece] = []
    new: list[Piece] = []
    cells = zip(was.split(APART), now.split(APART), strict=True)
    for place, (before, after) in enumerate(cells):
        for side, pieces in zip((old, new), _cell(before, after, place == 0), strict=True):
            side += [Piece(PLAIN, APART), *pieces] if place else pieces
    return old, new


def _said(line: str) -> str:
    return line.partition(_DRAWN)[0]


def _cell(before: str, after: str, first: bool) -> Sides:
    if before == after:
        shown = first or len(after) <= SHORT
        return ([Piece(PLAIN, before)], [Piece(PLAIN, after)]) if shown else _left_out()
    if not before or not after:
        return ([Piece(CHANGED, before)] if before else []), ([Piece(CHANGED, after)] if after else [])
    row = compared("", before, after)
    return list(row.before.pieces), list(row.after.pieces)


def _left_out() -> Sides:
    return [Piece(NOTE, SAME_AS_LEFT)], [Piece(NOTE, OMITTED)]
