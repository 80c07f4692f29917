"""Comments put above lines of a data file, and dates put at the end of a list in it, as text; all else stays as it was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.intake.positions import Spot
from generator.intake.yamltext import parse
from generator.problems import NohinError

Place = tuple[int, int]
"""Line and column of a value, from 1."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SINGLE = re.compile(r"'[^']*'|\"[^\"]*\"|[^,\]#\s]+")


def marked(
    content: bytes,
    path: str,
    marks: Mapping[Place, Sequence[str]],
    start: str,
    dates: Mapping[Place, Sequence[dt.date]],
) -> bytes:
    """A file with comments above the keys of these values, and more dates in these lists.

    Where a comment that begins with `start` stands above the line already, none is added: somebody may have gone on
    writing in it. NohinError where the file is written in a way that dates cannot be added to.
    """
    text = content.decode("utf-8-sig")
    mark, lines = content[: len(content) - len(text.encode())], _LINE.findall(text)
    parsed = parse(content, path)
    spots = {(spot.line, spot.column): spot for spot in _spots(parsed.spot)}
    end = "\r\n" if "\r\n" in text else "\n"
    for place in sorted({*marks, *dates}, reverse=True):
        if place in dates:
            _add(lines, spots[place], dates[place], end)
        if place in marks:
            _mark(lines, (spots[place].key_line or place[0]) - 1, marks[place], start, end)
    return _checked(mark + "".join(lines).encode(), parsed.value, path, dates)


def _spots(spot: Spot) -> Iterator[Spot]:
    yield spot
    for child in spot.children.values():
        yield from _spots(child)


def _mark(lines: list[str], number: int, said: Sequence[str], start: str, end: str) -> None:
    """Comments above a line, set in as it is."""
    above = number
    while above and lines[above - 1].lstrip().startswith("#"):
        above -= 1
        if lines[above].lstrip().startswith(start):
            return
    margin = lines[number][: len(lines[number]) - len(lines[number].lstrip(" "))]
    lines[number:number] = [f"{margin}{start}{' '.join(one.split())}{end}" for one in said]


def _add(lines: list[str], spot: Spot, dates: Sequence[dt.date], end: str) -> None:
    """Dates behind the last of a list: in its brackets, or a line each below it."""
    last = spot.children[max(key for key in spot.children if isinstance(key, int))]
    line, column = lines[last.line - 1], last.column - 1
    match = _SINGLE.match(line, column)
    stop = match.end() if match else column
    if lines[spot.line - 1][spot.column - 1 :].startswith("["):
        lines[last.line - 1] = line[:stop] + "".join(f", {day.isoformat()}" for day in dates) + line[stop:]
        return
    lines[last.line - 1] = line if line.endswith(("\r", "\n")) else line + end
    lines[last.line : last.line] = [f"{line[:column]}{day.isoformat()}{end}" for day in dates]


def _checked(new: bytes, before: object, path: str, dates: Mapping[Place, Sequence[dt.date]]) -> bytes:
    """The new content, if it says what was said before, and the dates besides."""
    parsed = parse(new, path)
    added = sorted(day for days in dates.values() for day in days)
    if parsed.problems or sorted(_more(before, parsed.value)) != added:
        raise NohinError(f"{path} の書き方には書き足せません。日付を手で書いてください: {'、'.join(map(str, added))}")
    return new


def _more(before: object, after: object) -> Iterator[dt.date]:
    """What lists have at their end that they did not have; a date that no list can hold where anything else differs."""
    if isinstance(before, dict) and isinstance(after, dict) and list(before) == list(after):
        for key in before:
            yield from _more(before[key], after[key])
    elif isinstance(before, list) and isinstance(after, list) and len(after) >= len(before):
        for one, other in zip(before, after, strict=False):
            yield from _more(one, other)
        yield from after[len(before) :]
    elif before != after:
        yield dt.date.min
