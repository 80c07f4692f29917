"""How alike two texts are, and which things of two rows belong together so that the pairs are as alike as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any


def likeness(one: Counter[Any], other: Counter[Any]) -> float:
    """The part of their words that two texts share: 1 for equal ones, 0 for strangers."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def in_order(
    old: int, new: int, alike: Callable[[int, int], float], least: float
) -> Iterator[tuple[int | None, int | None]]:
    """Every place of two rows of so many things once, in order; what went before what came.

    Those that are alike by `least` or more are one, so chosen that the pairs are as alike as can be on the whole.
    """
    start = came = 0
    for before, after in (*_likest(old, new, alike, least), (old, new)):
        yield from ((gone, None) for gone in range(start, before))
        yield from ((None, one) for one in range(came, after))
        if before < old:
            yield before, after
        start, came = before + 1, after + 1


def _likest(old: int, new: int, alike: Callable[[int, int], float], least: float) -> Iterator[tuple[int, int]]:
    best = [[0.0] * (new + 1) for _ in range(old + 1)]
    paired: set[tuple[int, int]] = set()
    for i in reversed(range(old)):
        for j in reversed(range(new)):
            share, best[i][j] = alike(i, j), max(best[i + 1][j], best[i][j + 1])
            if share >= least and best[i + 1][j + 1] + share >= best[i][j]:
                best[i][j] = best[i + 1][j + 1] + share
                paired.add((i, j))
    i = j = 0
    while i < old and j < new:
        if (i, j) in paired:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
