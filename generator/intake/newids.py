"""Ids for new items of a list, as those before them were made."""

from __future__ import annotations

import re
from collections.abc import Collection

_NUMBERED = re.compile(r"(.*?)(\d+)\Z")


def next_number(existing: Collection[str], first: str) -> str:
    """The id after the highest of those that are a word and a number (`p07`, `p08`); `first` where there is none."""
    found = [(match[1], match[2]) for name in sorted(existing) if (match := _NUMBERED.match(name))]
    if not found:
        return first
    words = [word for word, _ in found]
    word = max(dict.fromkeys(words), key=words.count)
    numbers = [number for other, number in found if other == word]
    return f"{word}{max(map(int, numbers)) + 1:0{max(map(len, numbers))}}"
