"""Values of a data file changed as text: comments, order and whatever is not meant stay to the letter.

What comes out is read again and compared with what it should say. Where a file is written in a way that is not known
here, nothing is guessed: the message says what to write by hand.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.intake.listtext import SAYS_SOMETHING, scalar
from generator.intake.positions import Spot
from generator.intake.textspans import Span, Text
from generator.intake.yamlforms import as_read, block, inline, item_as_read, item_text
from generator.intake.yamltext import Parsed, parse
from generator.problems import NohinError, Source

Steps = tuple[str | int, ...]

_MARK = "\ufeff"
_GONE = object()


@dataclass(frozen=True)
class _Cut:
    """A piece of text and what takes its place."""

    start: int
    stop: int
    new: str


class Edit:
    """The changes of one data file, collected and made in one go."""

    def __init__(self, content: bytes, path: str) -> None:
        """`content` is empty for a file that is not there yet; NohinError where it cannot be read."""
        parsed = _parsed(content, path)
        if parsed.problems or not isinstance(parsed.value, dict):
            raise NohinError(f"{path} が読めません。nohin check の言う誤りを直してから取り込んでください")
        text = content.decode()
        self.path, self._mark = path, _MARK if text.startswith(_MARK) else ""
        self._text, self._spot = Text(text.removeprefix(_MARK)), parsed.spot
        self._value, self._expected = parsed.value, copy.deepcopy(parsed.value)
        self._cuts: list[_Cut] = []
        self._added: dict[str, list[Mapping[str, Any]]] = {}
        self._sets: dict[Steps, dict[str, Any]] = {}
        self._order: dict[Steps, Sequence[str]] = {}
        self._notes: list[str] = []

    def index(self, key: str, source: Source) -> int:
        """Which item of the list under a key begins at a place."""
        items = self._spot.at((key,)).children.items()
        return next(int(index) for index, spot in items if (spot.line, spot.column) == (source.line, source.column))

    def set(self, steps: Steps, key: str, value: Any, order: Sequence[str]) -> None:
        """Give a key of the mapping at `steps` a value; None takes the key away. `order`: where a new key stands."""
        self._notes.append(
            f"  {'.'.join(map(str, (*steps, key)))}: {'（消す）' if value is None else inline(value, False)}\n"
        )
        self._sets.setdefault(steps, {})[key] = value
        self._order[steps] = order
        target = self._expected
        for step in steps:
            target = target[step]
        target.pop(key, None) if value is None else target.update({key: as_read(value)})

    def remove(self, key: str, index: int) -> None:
        """Take an item out of the list under a key."""
        self._notes.append(f"  {key}.{index}: （消す）\n")
        self._expected[key][index] = _GONE
        spot = self._spot.children[key]
        if not self._text.is_braced(spot):
            self._cut(*self._text.item(spot.children[index]), "")

    def add(self, key: str, item: Mapping[str, Any]) -> Steps:
        """Put an item at the end of the list under a key; returns the steps to it, counted before anything is removed."""
        added = self._added.setdefault(key, [])
        added.append({name: value for name, value in item.items() if value is not None})
        return (key, len(self._value.get(key) or ()) + len(added) - 1)

    def done(self) -> tuple[bytes, Places]:
        """The new content, and where in it the values stand; NohinError where it does not say what it should."""
        for steps, values in self._sets.items():
            self._change(steps, values)
        for key, items in self._added.items():
            self._append(key, items)
            self._expected[key] = [*(self._expected.get(key) or ()), *map(item_as_read, items)]
        shifts = self._without_gone()
        content = (self._mark + self._text_now()).encode()
        parsed = _parsed(content, self.path)
        if parsed.problems or parsed.value != self._expected:
            raise self._by_hand()
        return content, Places(self.path, parsed.spot, shifts)

    # --- the keys of one mapping ----------------------------------------------------------------------------

    def _change(self, steps: Steps, values: Mapping[str, Any]) -> None:
        mapping, spot = self._value, self._spot
        for step in steps:
            mapping, spot = mapping[step], spot.children[step]
        taken = {key for key, value in values.items() if value is None and key in mapping}
        self._take(spot, taken)
        stay = [key for key in mapping if key not in taken]
        for key, value in values.items():
            if key in stay:
                self._replace(spot, key, mapping[key], value)
        order = self._order[steps]
        for key in sorted((key for key in values if key not in mapping), key=order.index):
            if values[key] is not None:
                self._insert(spot, stay, key, values[key], order)

    def _take(self, spot: Spot, taken: Collection[str]) -> None:
        """Take keys away: one with others behind it on its line up to the next, any other with its lines or its comma."""
        spans = {str(key): self._text.entry(spot, str(key)) for key in spot.children if taken}
        keys = sorted(spans, key=lambda key: spans[key].start)
        first = next((number for number, key in enumerate(keys) if key not in taken), len(keys))
        beside = bool(keys) and (self._text.is_braced(spot) or not self._begins_line(spans[keys[0]]))
        if first == len(keys):
            self._cut(spans[keys[0]].start, spans[keys[-1]].stop, "{}") if keys else None
            return
        if first and beside:
            self._cut(spans[keys[0]].start, spans[keys[first]].start, "")
        for number, key in enumerate(keys):
            if key not in taken or (number < first and beside):
                continue
            if self._text.is_braced(spot):
                self._cut(spans[keys[number - 1]].stop, spans[key].stop, "")
            else:
                self._cut(spans[key].start - self._margin(spans[key]), spans[key].end, "")

    def _begins_line(self, span: Span) -> bool:
        """Whether nothing stands before a key on its line."""
        return not self._text.text[span.start - self._margin(span) : span.start].strip()

    def _replace(self, spot: Spot, key: str, old: Any, value: Any) -> None:
        span = self._text.entry(spot, key)
        below = spot.children[key]
        if isinstance(old, list) and old and not self._text.is_braced(below) and self._relisted(below, old, value):
            return
        new, lines = self._form(value, spot, self._margin(span))
        beside = self._text.line_of(span.value) == self._text.line_of(span.start)
        blank = "" if beside and span.value > span.colon else " "
        self._cut(span.value if beside else span.colon, span.stop, blank + new)
        self._cut_line(span.end, lines)

    def _relisted(self, spot: Spot, old: Sequence[Any], new: Sequence[Any]) -> bool:
        """Whether a list with an item on each line could be changed line by line."""
        kept = [item for item in old if item in new]
        added = [item for item in new if item not in old]
        if not kept or [*kept, *added] != list(new):
            return False
        for index, item in enumerate(old):
            if item not in new:
                self._cut(*self._text.item(spot.children[index]), "")
        last = spot.children[len(old) - 1]
        margin = " " * self._text.margin(last)
        end = self._text.item(last)[1]
        self._cut_line(end, "".join(f"{margin}- {scalar(item)}\n" for item in added))
        return True

    def _insert(self, spot: Spot, stay: Sequence[str], key: str, value: Any, order: Sequence[str]) -> None:
        before = [name for name in order[: order.index(key)] if name in stay]
        if not before:
            self._insert_first(spot, stay, key, value)
            return
        span = self._text.entry(spot, before[-1])
        new, lines = self._form(value, spot, self._margin(span))
        if self._text.is_braced(spot):
            self._cut(span.stop, span.stop, f", {key}: {new}")
        else:
            self._cut_line(span.end, f"{' ' * self._margin(span)}{key}: {new}\n{lines}")

    def _insert_first(self, spot: Spot, stay: Sequence[str], key: str, value: Any) -> None:
        if not spot.children:
            self._cut_line(len(self._text.text), f"{key}: {inline(value, False)}\n")
            return
        start = min(self._text.entry(spot, str(name)).start for name in stay or spot.children)
        if self._text.is_braced(spot):
            self._cut(start, start, f"{key}: {inline(value, True)}, ")
            return
        margin = start - self._text.starts[self._text.line_of(start) - 1]
        self._cut(start, start, f"{key}: {inline(value, False)}{self._text.ending}{' ' * margin}")

    def _margin(self, span: Span) -> int:
        return span.start - self._text.starts[self._text.line_of(span.start) - 1]

    def _form(self, value: Any, spot: Spot, margin: int) -> tuple[str, str]:
        """What stands on the line of the key, and the lines below it."""
        inside = self._text.is_braced(spot)
        return (inline(value, True), "") if inside else block(value, margin)

    # --- lists --------------------------------------------------------------------------------------------

    def _append(self, key: str, items: Sequence[Mapping[str, Any]]) -> None:
        spot = self._spot.children.get(key)
        if spot is None:
            new = "".join(item_text(item, 2) for item in items)
            self._cut_line(len(self._text.text), f"{key}:\n{new}")
            return
        if spot.children and not self._text.is_braced(spot):
            last = spot.children[len(spot.children) - 1]
            margin, end = self._text.margin(last), self._text.item(last)[1]
        else:
            span = self._text.entry(self._spot, key)
            margin, end = 2, span.end
            self._cut(span.value, span.stop, "")
        self._cut_line(end, "".join(item_text(item, margin) for item in items))

    def _without_gone(self) -> dict[str, list[int]]:
        """The lists without what was taken out; of each, which of its items were kept."""
        shifts = {}
        for key, value in self._expected.items():
            if isinstance(value, list) and any(item is _GONE for item in value):
                shifts[key] = [index for index, item in enumerate(value) if item is not _GONE]
                self._expected[key] = [item for item in value if item is not _GONE]
                if not self._expected[key]:
                    colon = self._text.entry(self._spot, key).colon
                    self._cut(colon, colon, " []")
        return shifts

    # --- the text -----------------------------------------------------------------------------------------

    def _cut(self, start: int, stop: int, new: str) -> None:
        self._cuts.append(_Cut(start, stop, new))

    def _cut_line(self, place: int, lines: str) -> None:
        """Put lines where a line begins, or behind a last line that has no end."""
        if lines:
            before = self._text.text[:place]
            start = "" if not before or before.endswith(("\n", "\r")) else self._text.ending
            self._cut(place, place, start + lines.replace("\n", self._text.ending))

    def _text_now(self) -> str:
        parts, place = [], 0
        for cut in sorted(self._cuts, key=lambda cut: (cut.start, cut.stop)):
            if cut.start < place:
                raise self._by_hand()
            parts += [self._text.text[place : cut.start], cut.new]
            place = cut.stop
        return "".join([*parts, self._text.text[place:]])

    def _by_hand(self) -> NohinError:
        items = "".join(item_text(item, 2) for items in self._added.values() for item in items)
        said = "".join(self._notes) + items
        return NohinError(f"{self.path} の書き方は書き替えられません。次を手で書いてください\n{said.rstrip()}")


def _parsed(content: bytes, path: str) -> Parsed:
    """A file that says nothing yet is an empty mapping."""
    says = SAYS_SOMETHING.search(content.decode(errors="replace"))
    return parse(content if says else b"{}", path)


@dataclass(frozen=True)
class Places:
    """Where values stand in a file that was changed, by where they stood before."""

    path: str
    spot: Spot
    kept: Mapping[str, Sequence[int]]

    def before(self, source: Source) -> Steps:
        """The steps by which a value that begins at a place was reached before the changes."""
        steps = _steps(self.spot, source) or ()
        if len(steps) > 1 and steps[0] in self.kept:
            return (steps[0], self._before(str(steps[0]), int(steps[1])), *steps[2:])
        return steps

    def _before(self, key: str, index: int) -> int:
        kept = self.kept[key]
        return kept[index] if index < len(kept) else index


def _steps(spot: Spot, source: Source) -> Steps | None:
    """The steps to what begins at a place, the outermost first."""
    if (source.line, source.column) == (spot.line, spot.column):
        return ()
    for key, inner in spot.children.items():
        if (source.line, source.column) == (inner.key_line, inner.key_column):
            return (key,)
        if (below := _steps(inner, source)) is not None:
            return (key, *below)
    return None
