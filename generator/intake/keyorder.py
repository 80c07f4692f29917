"""The keys of a data file in the order of its schema, as text: lines change places, and nothing is written anew.

A key takes with it the comments and blank lines above it, and what stands below it as part of its value. Comments at
the top of a file belong to the file, those above the dash of an item to the item, those behind the last key to the
whole. Done on the text and libyaml's positions rather than by a round-trip library, which would write every line
again: so quotes, block scalars and anchors are what they were, byte for byte. What comes out is read back; where it
does not say the same, nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.intake import chapters
from generator.intake.drafting import hinted, is_below_hint
from generator.intake.flowtext import Unknown, in_flow, opening, with_flow_ordered
from generator.intake.positions import Spot
from generator.intake.schema import Path, Schema, validate
from generator.intake.yamltext import Parsed
from generator.problems import Problem, Source

PROBLEM_CODES = {"YML009": "並べ替えられない書き方のファイル"}


def ordered(content: bytes, path: str, schema: Schema) -> tuple[bytes, list[Problem]]:
    """The file with its keys in the order of its schema; as it was, with the problems, where it has any."""
    parsed = chapters.read(content, path)
    problems = list(parsed.problems)
    if parsed.value is not None:
        problems += validate(schema, parsed.value, parsed.spot, path)[1]
    if problems:
        return content, problems
    try:
        new = _ordered(content, path, schema, parsed)
    except Unknown as unknown:
        hint = f"{unknown.key} のあたりのキーの順を、手で直してください"
        return content, [Problem(Source(path, unknown.line), "YML009", "この書き方は並べ替えられません", hint)]
    return new, []


def _ordered(content: bytes, path: str, schema: Schema, parsed: Parsed) -> bytes:
    mark = _MARK if content.startswith(_MARK) else b""
    text = with_flow_ordered(content[len(mark) :].decode(), parsed.value, parsed.spot, schema)
    new = mark + _Page(text, path, schema, parsed).text().encode()
    if new == content:
        return content
    again = chapters.read(new, path)
    if again.problems or again.value != parsed.value:
        raise Unknown(1, next(iter(parsed.value)))
    return new


_MARK = b"\xef\xbb\xbf"
"""A byte order mark; positions do not count it."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SAYS_NOTHING = re.compile(r"\s*(?:#|$)")
_DASH = re.compile(r"( *)- +\Z")
_ENDS = re.compile(r"(?:\.\.\.|---)(?:\s|$)")


@dataclass(eq=False)
class _Entry:
    """A key of a mapping with its lines, or a hint at one that may be added."""

    rank: int
    above: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    hint: bool = False


class _Page:
    """A file's lines; numbers of lines count from 0 here."""

    def __init__(self, text: str, path: str, schema: Schema, parsed: Parsed) -> None:
        self.schema, self.value, self.spot = schema, parsed.value, parsed.spot
        self.lines = _LINE.findall(text)
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.unended = bool(text) and not text.endswith(("\r", "\n"))
        if self.unended:
            self.lines[-1] += self.newline
        self.chapter = path.endswith(".md")

    def text(self) -> str:
        """The whole file, in order."""
        low, high = self._bounds()
        lines = [*self.lines[:low], *self._node(self.value, self.spot, (), low, high), *self.lines[high:]]
        return "".join(lines).removesuffix(self.newline) if self.unended else "".join(lines)

    def _bounds(self) -> tuple[int, int]:
        """The lines of the data: all, or the front matter of a chapter; what ends a document is no part of it."""
        if self.chapter:
            return 1, self.spot.children[chapters.BODY].line - 2
        last = max(spot.key_line for spot in self.spot.children.values())
        ends = (number for number in range(last, len(self.lines)) if _ENDS.match(self.lines[number]))
        return 0, next(ends, len(self.lines))

    def _node(self, value: Any, spot: Spot, path: Path, low: int, high: int) -> list[str]:
        """The lines of a value, with all mappings inside it in order."""
        block = isinstance(value, (dict, list)) and bool(spot.children) and not in_flow(self.lines, spot)
        if not block or opening(self.lines, spot) == "*":
            return self.lines[low:high]
        return (self._mapping if isinstance(value, dict) else self._items)(value, spot, path, low, high)

    def _items(self, value: Sequence[Any], spot: Spot, path: Path, low: int, high: int) -> list[str]:
        starts = [self._dash_line(spot.children[index]) for index in range(len(value))]
        margin = _indent(self.lines[starts[0]])
        out = self.lines[low : starts[0]]
        for index, item in enumerate(value):
            next_start = starts[index + 1] if index + 1 < len(value) else high
            end = high if next_start == high else self._boundary(starts[index], next_start, margin)
            out += self._node(item, spot.children[index], (*path, index), starts[index], end)
            out += self.lines[end:next_start]
        return out

    def _dash_line(self, spot: Spot) -> int:
        """The line of an item's dash: its own, or above it where the item begins on a line of its own."""
        number = spot.line - 1
        while not self.lines[number][: spot.column - 1].strip() and self.lines[number].strip() != "-" and number:
            number -= 1
        return number

    def _boundary(self, start: int, stop: int, margin: int) -> int:
        """Where the lines of what begins at `start` end and those above what begins at `stop` do."""
        end = stop
        while end - 1 > start and _SAYS_NOTHING.match(self.lines[end - 1]):
            end -= 1
        deeper = (n for n in range(stop - 1, end - 1, -1) if self._deeper(self.lines[n], margin))
        return next(deeper, end - 1) + 1

    def _deeper(self, line: str, margin: int) -> bool:
        return line.lstrip().startswith("#") and _indent(line) > margin

    def _mapping(self, value: Mapping[str, Any], spot: Spot, path: Path, low: int, high: int) -> list[str]:
        keys = sorted((key for key in value if not self._is_body(key, path)), key=lambda k: spot.children[k].key_line)
        starts = [spot.children[key].key_line - 1 for key in keys]
        margin = spot.children[keys[0]].key_column - 1
        dash = _DASH.match(self.lines[starts[0]][:margin])
        first = starts[0] if dash or not path else self._head(low, starts[0])
        entries, above = [], self.lines[first : starts[0]] if path else []
        for number, key in enumerate(keys):
            next_start = starts[number + 1] if number + 1 < len(keys) else high
            end = self._boundary(starts[number], next_start, margin)
            body = self._node(value[key], spot.children[key], (*path, key), starts[number], end)
            entries += [*self._hints(above, path, margin), _Entry(self._rank(path, key), above, body)]
            above = self.lines[end:next_start]
        entries += self._hints(above, path, margin)
        self._refuse_other_forms(keys, spot, margin, entries, bool(dash))
        return [*self.lines[low : first if path else starts[0]], *_sorted(entries, dash), *above]

    def _head(self, low: int, start: int) -> int:
        """Where the comments right above the first key of a mapping begin."""
        while start - 1 > low and self.lines[start - 1].lstrip().startswith("#"):
            start -= 1
        return start

    def _is_body(self, key: str, path: Path) -> bool:
        return self.chapter and not path and key == chapters.BODY

    def _rank(self, path: Path, key: str) -> int:
        """A key's place among those that its mapping may have; keys that the schema leaves free stay as they are."""
        known = self.schema.keys_at(path)
        return known.index(key) if key in known else 0

    def _hints(self, above: list[str], path: Path, margin: int) -> list[_Entry]:
        """The hints at keys that may be added, taken out of the comments they stand among."""
        titles = {key: self.schema.rule_at((*path, key))["meta"]["title"] for key in self.schema.keys_at(path)}
        found: list[_Entry] = []
        lines, above[:] = list(above), []
        for line in lines:
            comment = line[margin:] if _indent(line) == margin else ""
            match = hinted(comment)
            if match and titles.get(match[0]) == match[1]:
                found.append(_Entry(self._rank(path, match[0]), above[:], [line], hint=True))
                above.clear()
            elif found and not above and is_below_hint(comment):
                found[-1].body.append(line)
            else:
                above.append(line)
        return found

    def _refuse_other_forms(
        self, keys: Sequence[str], spot: Spot, margin: int, entries: Sequence[_Entry], dash: bool
    ) -> None:
        """Unknown where keys have to move but do not each stand at the beginning of a line, below each other."""
        ranks = [entry.rank for entry in entries]
        if ranks == sorted(ranks):
            return
        for number, key in enumerate(keys):
            place = spot.children[key]
            before = self.lines[place.key_line - 1][: place.key_column - 1]
            if place.key_column - 1 != margin or (before.strip() and not (dash and number == 0)):
                raise Unknown(place.key_line, key)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _sorted(entries: list[_Entry], dash: re.Match[str] | None) -> Iterator[str]:
    """The lines of the entries in order of rank; the dash of an item stands before its first key."""
    ranked = sorted(entries, key=lambda entry: entry.rank)
    if dash:
        old, new = (next(one for one in order if not one.hint) for order in (entries, ranked))
        ranked.remove(new)
        ranked.insert(0, new)
        width = len(dash[0])
        old.body[0] = " " * width + old.body[0][width:]
        new.body[0] = dash[0] + new.body[0][width:]
        new.above = [f"{dash[1]}{line.lstrip(' ')}" if line.strip() else line for line in new.above]
    for entry in ranked:
        yield from (*entry.above, *entry.body)
