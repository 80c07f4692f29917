"""Which things of two rows belong together: in order, as alike as can be on the whole."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.history.likeness import in_order, likeness

ROWS = [
    ("abc", "abc", [(0, 0), (1, 1), (2, 2)], "the same"),
    ("abc", "ac", [(0, 0), (1, None), (2, 1)], "one went"),
    ("ac", "abc", [(0, 0), (None, 1), (1, 2)], "one came"),
    ("abc", "axc", [(0, 0), (1, None), (None, 1), (2, 2)], "what went before what came"),
    ("abcd", "dabc", [(None, 0), (0, 1), (1, 2), (2, 3), (3, None)], "the most that stay in order"),
    ("", "ab", [(None, 0), (None, 1)], "nothing before"),
]


@pytest.mark.parametrize(("old", "new", "expected", "why"), ROWS, ids=[row[-1] for row in ROWS])
def test_every_place_once(old: str, new: str, expected: list[tuple[int | None, int | None]], why: str) -> None:
    """Pairs never cross, and nothing is left out."""
    assert list(in_order(len(old), len(new), lambda i, j: float(old[i] == new[j]), 0.5)) == expected


def test_the_likest_are_taken() -> None:
    """Of two that would do, the one that is more alike; what is less alike than asked for is none."""
    shares = [[0.6, 0.9]]
    assert list(in_order(1, 2, lambda i, j: shares[i][j], 0.5)) == [(None, 0), (0, 1)]
    assert list(in_order(1, 2, lambda i, j: shares[i][j], 0.95)) == [(0, None), (None, 0), (None, 1)]


def test_likeness_of_texts() -> None:
    """Equal texts share all, strangers and empty ones nothing."""
    assert likeness(Counter("aab"), Counter("aba")) == 1
    assert likeness(Counter("ab"), Counter("bc")) == 0.5
    assert likeness(Counter(), Counter()) == 0
