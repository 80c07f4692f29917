"""A net of boxes and lines, divided so that each drawing holds a legible part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.drawings.drawing import packed

HUB = 8
"""A box with so many lines out of it is shown again wherever they lead."""


@dataclass(frozen=True)
class Line:
    """From one box to another, by their keys."""

    start: str
    end: str
    label: str = ""
    head: str = "normal"
    tail: str = "none"
    dashed: bool = False


@dataclass(frozen=True)
class Net:
    """Boxes by key with what they belong to, and the lines between them."""

    keys: tuple[str, ...]
    lines: tuple[Line, ...]
    belongs: Mapping[str, str]

    def joined(self) -> dict[str, list[str]]:
        """The neighbours of each box."""
        found: dict[str, list[str]] = {key: [] for key in self.keys}
        for line in self.lines:
            found[line.start].append(line.end)
            found[line.end].append(line.start)
        return found


def alone(net: Net) -> list[str]:
    """The boxes without lines."""
    joined = net.joined()
    return [key for key in net.keys if not joined[key]]


def divided(net: Net, most: int) -> list[list[str]]:
    """The boxes with lines, in parts: what hangs together stays together as far as there is room."""
    joined = net.joined()
    keys = [key for key in net.keys if joined[key]]
    pieces: list[list[str]] = []
    for together in _connected(keys, joined):
        pieces += [together] if len(together) <= most else _by_belonging(together, net, joined, most)
    order = {key: place for place, key in enumerate(net.keys)}
    return [
        sorted((key for piece in part for key in piece), key=order.__getitem__)
        for part in packed(((piece, len(piece)) for piece in pieces), most)
    ]


def _by_belonging(keys: Sequence[str], net: Net, joined: Mapping[str, list[str]], most: int) -> Iterator[list[str]]:
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(net.belongs.get(key, ""), []).append(key)
    for group in groups.values():
        for together in _connected(group, joined):
            yield from packed(((key, 1) for key in together), most)


def _connected(keys: Iterable[str], joined: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """What hangs together among some boxes, each group in the order in which it is reached."""
    left = dict.fromkeys(keys)
    while left:
        first = next(iter(left))
        del left[first]
        group = [first]
        for key in group:
            for other in joined[key]:
                if other in left:
                    del left[other]
                    group.append(other)
        yield group


def shares(net: Net, parts: Sequence[Sequence[str]]) -> list[list[Line]]:
    """Which lines each part draws: every line once, where it begins; but where it leads if it comes from a hub, or if
    what it leads to would else stand without a line."""
    place = {key: number for number, part in enumerate(parts) for key in part}
    out = Counter(line.start for line in net.lines)
    inner = (line for line in net.lines if place[line.start] == place[line.end])
    inside = Counter(key for line in inner for key in (line.start, line.end))
    found: list[list[Line]] = [[] for _ in parts]
    for line in net.lines:
        lonely = not inside[line.end] and not out[line.end]
        over = inside[line.start] and (out[line.start] >= HUB > out[line.end] or lonely)
        found[place[line.end if over else line.start]].append(line)
    return found
