"""Whether a merge changed a file itself, or only put together what its parents had changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher


@dataclass
class _Side:
    """How a file differs from that of one parent, by line numbers after."""

    own: set[int] = field(default_factory=set)
    """Lines that the parent does not have."""
    gaps: set[int] = field(default_factory=set)
    """Where lines of the parent went and nothing came instead."""
    lost: dict[bytes, list[tuple[int, int]]] = field(default_factory=dict)
    """Lines of the parent that went, each with the stretches they went from."""


def changed_itself(after: bytes | None, befores: Sequence[bytes | None]) -> bool:
    """Whether the file after says something that none of its parents says, or leaves out what all of them say.

    `befores` are those of the parents that have the file. What is gone, or cannot be read, has been changed.
    """
    if after is None or not befores or any(before is None for before in befores):
        return True
    sides = [_side((before or b"").splitlines(), after.splitlines()) for before in befores]
    came = set.intersection(*(side.own for side in sides))
    went = set.intersection(*(side.gaps for side in sides))
    return bool(came or went) or any(_lost_by_all(line, sides) for line in sides[0].lost)


def _side(before: Sequence[bytes], after: Sequence[bytes]) -> _Side:
    side = _Side()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        side.own.update(range(j1, j2))
        side.gaps.update((j1,) if j1 == j2 else ())
        for line in set(before[i1:i2]) - set(after[j1:j2]):
            side.lost.setdefault(line, []).append((j1, j2))
    return side


def _lost_by_all(line: bytes, sides: Sequence[_Side]) -> bool:
    """Whether a line went from every parent at the same place."""
    return any(
        all(any(start <= last and first <= end for first, last in side.lost.get(line, ())) for side in sides[1:])
        for start, end in sides[0].lost[line]
    )
