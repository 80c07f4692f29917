"""Which item of a list before is which item after: by id where items have one, else by what they say."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from generator.history.likeness import likeness
from generator.history.words import words
from generator.intake.masking import HIDDEN

ALIKE = 0.5
"""Items that share this part of their words are one item that changed (0 to 1)."""

TELLING = 16
"""So many characters, the same under another key, are the same thing: fewer may be chance."""

ALL, NEAR = 40_000, 100
"""So many likenesses are worked out at most; beyond, only those of items that stand this near to each other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An item before and after by its place in each list; None where it is not there."""

    before: int | None
    after: int | None
    moved: bool = False
    """Whether it stands elsewhere among those that stayed."""


def pairs(
    before: Sequence[Any], after: Sequence[Any], keys: Sequence[str] = (), names: Sequence[str] = ()
) -> list[Pair]:
    """Every item of both lists once, in the order after; what went stands where it stood before.

    `keys` are the fields that tell items apart; without them items are paired by their content, equal ones first, then
    those that are alike. `names` are the fields that say what an item is, so that one whose only key has changed is
    known again. Items that nothing tells apart are paired in their order.
    """
    lists = _Lists(before, after)
    if keys:
        lists.by_key(keys, names)
    else:
        lists.by_content()
    moved = _moved([new for _, new in sorted((old, new) for new, old in lists.found.items())])
    return _in_order(len(before), len(after), lists.found, moved)


def canonical(value: Any) -> str:
    """A value as one text: equal values, equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=repr)


@dataclass
class _Lists:
    before: Sequence[Any]
    after: Sequence[Any]
    found: dict[int, int] = field(default_factory=dict)
    """Place after → place before."""

    def by_key(self, keys: Sequence[str], names: Sequence[str]) -> None:
        self._same(canonical)
        if len(keys) == 1:
            self._same(lambda item: _rest(item, keys) if _tells(item, keys, names) else None, once=True)
        self._same(lambda item: tuple(canonical(_get(item, key)) for key in keys))
        if len(keys) == 1:
            self._same(lambda item: _name(item, names), once=True, alike=True)
        for other in keys[1:]:
            self._same(partial(_rest, keys=(other,)), once=True)

    def by_content(self) -> None:
        old, new = ([canonical(item) for item in side] for side in (self.before, self.after))
        for i, j, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            self.found.update(zip(range(j, j + size), range(i, i + size), strict=True))
        self._same(canonical)
        self._likest()

    def _left(self) -> tuple[list[int], list[int]]:
        """The places that are not paired yet."""
        taken = set(self.found.values())
        old = [place for place in range(len(self.before)) if place not in taken]
        return old, [place for place in range(len(self.after)) if place not in self.found]

    def _same(self, told: Callable[[Any], Hashable | None], once: bool = False, alike: bool = False) -> None:
        """Pair those of which the same is told; None pairs with nothing, `once` asks for one of it on either side."""
        left = self._left()
        if not all(left):
            return
        old, new = (_grouped(side, places, told) for side, places in zip((self.before, self.after), left, strict=True))
        for what, places in new.items():
            others = old.get(what, [])
            if once and (len(places) != 1 or len(others) != 1):
                continue
            if not alike or likeness(bag(self.before[others[0]]), bag(self.after[places[0]])) >= ALIKE:
                self.found.update(zip(places, others, strict=False))

    def _likest(self) -> None:
        """Pair those that are alike, the likest first."""
        old, new = self._left()
        bags = [{place: bag(side[place]) for place in left} for side, left in ((self.before, old), (self.after, new))]
        reach = max(len(old), len(new)) if len(old) * len(new) <= ALL else NEAR
        found = [
            (-likeness(bags[0][i], bags[1][j]), abs(i - j), j, i)
            for rank, j in enumerate(new)
            for i in old[max(0, rank - reach) : rank + reach]
        ]
        taken: set[int] = set()
        for unlike, _, j, i in sorted(found):
            if -unlike >= ALIKE and i not in taken and j not in self.found:
                self.found[j] = i
                taken.add(i)


def _grouped(
    side: Sequence[Any], places: Sequence[int], told: Callable[[Any], Hashable | None]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for place in places:
        if (what := told(side[place])) is not None:
            groups.setdefault(what, []).append(place)
    return groups


def _get(item: Any, key: str) -> Any:
    return item.get(key) if isinstance(item, Mapping) else item


def _rest(item: Any, keys: Sequence[str]) -> str | None:
    """What an item says beside its keys."""
    return canonical({k: v for k, v in item.items() if k not in keys}) if isinstance(item, Mapping) else None


def _name(item: Any, names: Sequence[str]) -> str | None:
    """What an item is called; None also where that may not be said: then nobody is known by it."""
    if not isinstance(item, Mapping):
        return None
    found = next((item[name] for name in names if item.get(name)), None)
    return None if found in (None, HIDDEN) else canonical(found)


def _tells(item: Any, keys: Sequence[str], names: Sequence[str]) -> bool:
    """Whether an item is known by what it says, without its key: it has a name, and says enough."""
    if _name(item, names) is None:
        return False
    said = 0
    for key, word in _told(item):
        said += len(word) if key not in keys else 0
        if said >= TELLING:
            return True
    return False


# --- likeness -------------------------------------------------------------------------------------------


def bag(item: Any) -> Counter[tuple[str, str]]:
    """What an item says, word by word, each with the field it stands in."""
    return Counter(_told(item))


def _told(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _told(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _told(inner, key)
    elif isinstance(value, str):
        yield from ((key, word) for word in words(value) if any(map(str.isalnum, word)))
    elif value is not None:
        yield key, str(value)


# --- order ----------------------------------------------------------------------------------------------


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
