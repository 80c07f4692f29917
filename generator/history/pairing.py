"""Which item of a list before is which item after: by id where items have one, else by what they say."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any


@dataclass(frozen=True, slots=True)
class Pair:
    """An item before and after by its place in each list; None where it is not there."""

    before: int | None
    after: int | None
    moved: bool = False
    """Whether it stands elsewhere among those that stayed."""


def pairs(before: Sequence[Any], after: Sequence[Any], keys: Sequence[str] = ()) -> list[Pair]:
    """Every item of both lists once, in the order after; what went stands where it stood before.

    `keys` are the fields that tell items apart; without them items are paired by their content. Items of the same
    key are told apart by their order.
    """
    found = dict(_by_key(before, after, keys) if keys else _by_content(before, after))
    renamed = dict(_same_but_for_key(before, after, keys, found))
    found.update({place: old for old, place in renamed.items()})
    stayed = sorted((old, new) for new, old in found.items())
    moved = _moved([new for _, new in stayed])
    return _in_order(len(before), len(after), found, moved)


def key_of(item: Any, keys: Sequence[str]) -> Hashable:
    """What tells an item apart."""
    return tuple(canonical(item.get(key)) if isinstance(item, Mapping) else canonical(item) for key in keys)


def canonical(value: Any) -> str:
    """A value as one text: equal values, equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _by_key(before: Sequence[Any], after: Sequence[Any], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Place after → place before."""
    waiting: dict[Hashable, list[int]] = {}
    for place, item in enumerate(before):
        waiting.setdefault(key_of(item, keys), []).append(place)
    for place, item in enumerate(after):
        if same := waiting.get(key_of(item, keys)):
            yield place, same.pop(0)


def _same_but_for_key(
    before: Sequence[Any], after: Sequence[Any], keys: Sequence[str], found: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Items that went and came with the same content under another single key: place before → place after."""
    taken = set(found.values())
    gone: dict[str, list[int]] = {}
    for place, item in enumerate(before) if len(keys) == 1 else ():
        if place not in taken and isinstance(item, Mapping):
            gone.setdefault(_rest(item, keys), []).append(place)
    for place, item in enumerate(after):
        if place not in found and isinstance(item, Mapping) and (same := gone.get(_rest(item, keys))):
            yield same.pop(0), place


def _rest(item: Mapping[str, Any], keys: Sequence[str]) -> str:
    return canonical({name: value for name, value in item.items() if name not in keys})


def _by_content(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Equal items first; what lies between two equal ones is paired in order where it is alike."""
    old, new = [canonical(item) for item in before], [canonical(item) for item in after]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(j1, j2), range(i1, i2), strict=True)
        elif tag == "replace":
            yield from _alike(old, new, range(i1, i2), range(j1, j2))


ALIKE = 0.5
"""Items at least this similar are one item that changed (0 to 1, difflib's ratio of their texts)."""


def _alike(old: Sequence[str], new: Sequence[str], before: range, after: range) -> Iterator[tuple[int, int]]:
    start = before.start
    for place in after:
        ratios = [
            (SequenceMatcher(None, old[i], new[place], autojunk=False).ratio(), -i) for i in range(start, before.stop)
        ]
        best, near = max(ratios, default=(0.0, 0))
        if best >= ALIKE:
            start = 1 - near
            yield place, -near


def _moved(order: Sequence[int]) -> set[int]:
    """Of places in the old order, the fewest that have to move for the new one: all but a longest rising run."""
    tails: list[int] = []
    ends: list[int] = []
    came: list[int] = []
    for index, place in enumerate(order):
        at = bisect_left(tails, place)
        tails[at : at + 1], ends[at : at + 1] = [place], [index]
        came.append(ends[at - 1] if at else -1)
    keep, index = set(), ends[-1] if ends else -1
    while index >= 0:
        keep.add(order[index])
        index = came[index]
    return set(order) - keep


def _in_order(before: int, after: int, found: Mapping[int, int], moved: set[int]) -> list[Pair]:
    gone = iter(sorted(set(range(before)) - set(found.values())))
    result: list[Pair] = []
    waiting = next(gone, None)
    for place in range(after):
        old = found.get(place)
        while waiting is not None and old is not None and place not in moved and waiting < old:
            result.append(Pair(waiting, None))
            waiting = next(gone, None)
        result.append(Pair(old, place, place in moved))
    while waiting is not None:
        result.append(Pair(waiting, None))
        waiting = next(gone, None)
    return result
