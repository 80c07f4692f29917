"""Lines of Japanese text for places of a fixed width: broken where a reader would pause, and cut where there is no room."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from generator.documents.diagrams import PHRASE_END, SCRIPT_END

CUT = "…"

_NEVER_FIRST = frozenset("ァィゥェォッャュョーぁぃぅぇぉっゃゅょ々、。，．・：；？！）」』】〕］｝")
"""Characters that do not begin a line (JIS X 4051)."""

HANGING = 2
"""So many letters wider than its place a line may be for their sake: 「）、」."""


def measured(text: str) -> float:
    """The width of a line in letters: a Latin one is narrower, a mark upon another has none."""
    return sum(_letter(char) for char in text)


@cache
def _letter(char: str) -> float:
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(char) in "WFA":
        return 1
    return 0.9 if char in "MWmw@%" else 0.7 if char.isupper() else 0.6


def wrapped(text: str, width: float, most: int) -> list[str]:
    """At most so many lines of a width in letters; where something is left out, the last ends in `…`."""
    enough = int(width * most * 2) + 1
    lines = [line for part in text.split("\n") for line in _broken(" ".join(part.split())[:enough], width)]
    if len(lines) <= most and all(len(part) <= enough for part in text.split("\n")):
        return lines
    return [*lines[: most - 1], _cut(lines[min(len(lines), most) - 1], width)]


def _cut(line: str, width: float) -> str:
    while line and measured(line) > width - 1:
        line = line[:-1]
    return line + CUT


def _broken(text: str, width: float) -> list[str]:
    lines = [""]
    for piece in _pieces(text, width):
        if lines[-1] and measured(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        for char in piece:
            if measured(lines[-1] + char) > width + (HANGING if char in _NEVER_FIRST else 0):
                lines.append("")
            lines[-1] += char
    return [line.strip() for line in lines if line.strip()] or [""]


def _pieces(text: str, width: float) -> Iterator[str]:
    """Phrases; those that are wider than a line, in words. What must not begin a line stays with what it follows."""
    piece = ""
    for phrase in PHRASE_END.split(text):
        for part in SCRIPT_END.split(phrase) if measured(phrase) > width else (phrase,):
            if piece and part[:1] not in _NEVER_FIRST:
                yield piece
                piece = ""
            piece += part
    yield piece
