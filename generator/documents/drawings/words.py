"""Words for boxes: without what XML cannot hold, and broken so that neither a Latin word nor a last letter is torn off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from generator.documents.linebreaks import CUT, measured, wrapped

STEPS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
"""By how many letters a line may be shorter where that makes better lines."""

LATE = tuple("、。，．・）」")
"""What does not begin a line (JIS X 4051)."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LATIN = re.compile(r"[A-Za-z0-9]")


def clean(text: object) -> str:
    """A text without what XML cannot hold."""
    return _NOT_XML.sub("", str(text))


def fitted(text: object, width: float, most: int) -> list[str]:
    """At most so many lines of a width in letters, the best of those that are hardly narrower."""
    return list(_fitted(clean(text), width, most))


@lru_cache(maxsize=4096)
def _fitted(words: str, width: float, most: int) -> tuple[str, ...]:
    """A box is measured more often than it is drawn."""
    best = wrapped(words, width, most)
    if _faults(best):
        tried = (wrapped(words, width - step, most) for step in STEPS if width - step >= 4)
        best = min([best, *(lines for lines in tried if len(lines) == len(best))], key=_faults)
    return tuple(_hung(best))


def _hung(lines: Sequence[str]) -> list[str]:
    """A comma or a full stop does not begin a line."""
    found: list[str] = []
    for line in lines:
        while found and line[:1] in LATE:
            found[-1], line = found[-1] + line[0], line[1:].lstrip()
        found += [line] if line else []
    return found or [""]


def _faults(lines: Sequence[str]) -> int:
    """Torn words count most, then what is cut off, then a last line of one or two letters."""
    torn = sum(bool(_LATIN.match(one[-1:]) and _LATIN.match(other[:1])) for one, other in pairwise(lines))
    cut = bool(lines) and lines[-1].endswith(CUT)
    late = sum(line[:1] in LATE for line in lines[1:])
    return 4 * torn + 3 * late + 2 * cut + (len(lines) > 1 and measured(lines[-1]) <= 2)
