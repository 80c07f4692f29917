"""Where in the text of a data file a value and an item of a list end, so that they alone can be changed.

Where they begin, the places say that `yamltext` found; the text is known to be YAML. Offsets count characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from generator.intake.positions import Spot

_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""", re.DOTALL)
_BRACED = re.compile(r"[^,\[\]{}\r\n]*?(?=[ \t]*(?:[,\[\]{}\r\n]|[ \t]#|\Z))")
_PLAIN = re.compile(r"(.*?)(?:[ \t\r\n]+#[^\r\n]*)?[ \t\r\n]*\Z", re.DOTALL)


@dataclass(frozen=True)
class Span:
    """A key with its value."""

    start: int
    """Where the key begins."""
    colon: int
    """Behind the colon."""
    value: int
    """Where the value begins; the same as `colon` where there is none."""
    stop: int
    """Where it ends."""
    end: int
    """Where the first line after it begins."""


class Text:
    """A file's text in lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = re.findall(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z", text)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.ending = "\r\n" if "\r\n" in text else "\n"

    def at(self, spot: Spot) -> int:
        """The offset of a place."""
        return self.starts[spot.line - 1] + spot.column - 1

    def is_braced(self, spot: Spot) -> bool:
        """Whether a mapping or a list is written between braces or brackets."""
        return self.text.startswith(("{", "["), self.at(spot))

    def entry(self, mapping: Spot, key: str) -> Span:
        """A key of a mapping with its value."""
        spot = mapping.children[key]
        start = self.starts[spot.key_line - 1] + spot.key_column - 1
        colon = self.text.index(":", start + len(key)) + 1
        value = self.at(spot)
        if self._is_quoted(value) or self.is_braced(mapping):
            stop = self._length(value)
            return Span(start, colon, value, stop, self.starts[self.line_of(stop - 1)])
        last = self._last_line(spot, spot.key_line, spot.key_column - 1)
        return Span(start, colon, value, self._stop(value, last), self.starts[last])

    def item(self, spot: Spot) -> tuple[int, int]:
        """The lines of an item of a list below its key: from the line of its dash to the first line after it."""
        dash = self.margin(spot)
        first = spot.line
        while not self.lines[first - 1][dash:].startswith("-"):
            first -= 1
        last = self._last_line(spot, spot.line, dash, item=True)
        return self.starts[first - 1], self.starts[last]

    def margin(self, spot: Spot) -> int:
        """Columns before the dash of an item of a list."""
        before = self.lines[spot.line - 1][: spot.column - 1]
        if before.strip():
            return len(before.rstrip()) - 1
        dashed = (line for line in reversed(self.lines[: spot.line - 1]) if line.lstrip().startswith("-"))
        line = next(dashed)
        return len(line) - len(line.lstrip())

    def _is_quoted(self, value: int) -> bool:
        return self.text.startswith(("'", '"', "[", "{"), value)

    def _last_line(self, spot: Spot, line: int, margin: int, item: bool = False) -> int:
        """The number of the last line of what begins on a line, told by how far the lines are set in.

        Blank lines and comments at its end belong to what follows; in a literal text `#` is no comment.
        """
        value = self.at(spot)
        literal = not item and self.text.startswith(("|", ">"), value)
        dashes = not item and any(isinstance(key, int) for key in spot.children)
        last = max(line, self.line_of(self._length(value) - 1)) if self._is_quoted(value) else max(line, spot.line)
        for number in range(last + 1, len(self.lines) + 1):
            content = self.lines[number - 1].lstrip()
            inset = len(self.lines[number - 1]) - len(content)
            if not content:
                continue
            if inset <= margin and not (dashes and inset == margin and content.startswith("-")):
                break
            if literal or not content.startswith("#"):
                last = number
        return last

    def _stop(self, value: int, last: int) -> int:
        """Behind a value that begins at a place and ends on a line: before the comment that follows it there."""
        if self.text.startswith(("|", ">"), value):
            return self.starts[last - 1] + len(self.lines[last - 1].rstrip("\r\n"))
        match = _PLAIN.match(self.text[value : self.starts[last]])
        return value + len(match[1]) if match else value

    def line_of(self, place: int) -> int:
        """The number of the line that an offset lies in."""
        return min(bisect_right(self.starts, place), len(self.lines))

    def _length(self, value: int) -> int:
        """Behind a value in quotes, brackets or braces, or one that stands between braces."""
        if match := _QUOTED.match(self.text, value):
            return match.end()
        if self.text.startswith(("[", "{"), value):
            return self._bracketed(value)
        match = _BRACED.match(self.text, value)
        return match.end() if match else value

    def _bracketed(self, start: int) -> int:
        depth, place = 0, start
        while place < len(self.text):
            character = self.text[place]
            if character in "'\"" and self.text[place - 1] in " \t\n[{,:":
                match = _QUOTED.match(self.text, place)
                place = match.end() if match else place + 1
                continue
            depth += (character in "[{") - (character in "]}")
            place += 1
            if depth == 0:
                break
        return place
