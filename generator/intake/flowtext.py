"""Mappings between braces, as text: their keys change places, and every separator stays where it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.intake.positions import Spot
from generator.intake.schema import Path, Schema


class Unknown(Exception):
    """A way of writing that cannot be put in order; carries the line and a key near it."""

    def __init__(self, line: int, key: str) -> None:
        super().__init__(key)
        self.line, self.key = line, key


_BEFORE = re.compile(r"(?:&\S+\s*|#[^\n]*\n|\s+)*")
_SEPARATED = re.compile(r"(.*?)(\s*,\s*)\Z", re.DOTALL)


def opening(lines: Sequence[str], spot: Spot) -> str:
    """The first character of a value, behind its anchor."""
    rest = "".join((lines[spot.line - 1][spot.column - 1 :], *lines[spot.line : spot.line + _NEAR]))
    match = _BEFORE.match(rest)
    return rest[match.end() : match.end() + 1] if match else ""


_NEAR = 20
"""So many lines of comments may stand between an anchor and what it names."""


def in_flow(lines: Sequence[str], spot: Spot) -> bool:
    """Whether a mapping or list is written between braces or brackets."""
    return opening(lines, spot) in ("{", "[")


def with_flow_ordered(text: str, value: Any, spot: Spot, schema: Schema) -> str:
    """A text with every mapping between braces in the order of the schema; it stays as long as it was."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    lines = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    for inner, place, path in _inside_out(value, spot, (), lines):
        known = schema.keys_at(path)
        ranks = [known.index(key) if key in known else 0 for key in inner]
        if ranks != sorted(ranks):
            order = sorted(range(len(ranks)), key=ranks.__getitem__)
            places = [place.children[key] for key in inner]
            text = _permuted(text, [starts[p.key_line - 1] + p.key_column - 1 for p in places], order, places[0])
    return text


def _inside_out(
    value: Any, spot: Spot, path: Path, lines: Sequence[str]
) -> Iterator[tuple[Mapping[str, Any], Spot, Path]]:
    """Every mapping between braces, the innermost first; what an alias repeats is looked at once."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not pairs or opening(lines, spot) == "*":
        return
    for step, inner in pairs:
        if step in spot.children:
            yield from _inside_out(inner, spot.children[step], (*path, step), lines)
    if isinstance(value, dict) and value and opening(lines, spot) == "{":
        yield value, spot, path


def _permuted(text: str, starts: list[int], order: list[int], place: Spot) -> str:
    """The entries that begin at these places in another order, the separators between them where they were."""
    end = _end(text, starts[-1], place)
    pieces = [_SEPARATED.match(text[start:stop]) for start, stop in zip(starts, [*starts[1:], None], strict=True)][:-1]
    if not all(pieces):
        raise Unknown(place.key_line, text[starts[0] : starts[0] + 20])
    entries = [*(piece[1] for piece in pieces if piece), text[starts[-1] : end].rstrip()]
    gaps = [*(piece[2] for piece in pieces if piece), text[starts[-1] + len(entries[-1]) : end]]
    return text[: starts[0]] + "".join(entries[n] + gap for n, gap in zip(order, gaps, strict=True)) + text[end:]


def _end(text: str, start: int, place: Spot) -> int:
    """Where the last entry between braces ends: at the brace, or at a comma before it."""
    depth, index = 0, start
    while index < len(text):
        if match := _QUOTED.match(text, index) if _begins(text, index, start) else None:
            index = match.end()
            continue
        character = text[index]
        if depth == 0 and character in ",}]":
            return index
        depth += (character in "[{") - (character in "]}")
        index += 1
    raise Unknown(place.key_line, text[start : start + 20])


_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)


def _begins(text: str, index: int, start: int) -> bool:
    """Whether a quotation mark here would begin a value rather than stand inside a plain one."""
    before = text[start:index].rstrip()
    return index == start or before[-1:] in ("{", "[", ",") or (before[-1:] == ":" and text[index - 1] != ":")
