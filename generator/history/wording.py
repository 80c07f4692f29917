"""Changed words of a text, marked so that they can be read aloud: whole words and figures, never parts of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.history.likeness import in_order, likeness
from generator.history.words import sentences, words

SAME, GONE, NEW = "same", "gone", "new"

ISLAND = 2
"""What stayed between two replacements is read with them when it is this short."""

ALIKE = 0.3
"""Sentences that share this part of their words are marked word by word; others went and came as a whole."""

BLOCK = 2_000
"""So many likenesses of sentences are worked out at most; longer passages are marked word by word."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stayed, went or came."""

    what: str
    text: str


def runs(before: str, after: str) -> list[Run]:
    """The text before and after as one, deletions before additions.

    Joined without the new, it is the old text; without what is gone, the new one.
    """
    old, new = sentences(before), sentences(after)
    found: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run(SAME, "".join(old[i1:i2])))
        else:
            found += _passage(old[i1:i2], new[j1:j2])
    return _joined(found)


# --- sentences ------------------------------------------------------------------------------------------


def _passage(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Sentences between two that stayed: sentence by sentence, or as a whole where sentences were cut or joined."""
    if not old or not new:
        return [Run(GONE, "".join(old)), Run(NEW, "".join(new))]
    whole = _words("".join(old), "".join(new))
    if len(old) * len(new) > BLOCK:
        return whole
    apart = [run for pair in _aligned(old, new) for run in _sentence(*pair)]
    return whole if len(old) != len(new) and _kept(whole) > 1.2 * _kept(apart) else apart


def _kept(found: Sequence[Run]) -> int:
    return sum(len(run.text) for run in found if run.what == SAME)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences in their order, paired so that they are as alike as can be; an empty one where there is no pair."""
    bags = [[Counter(filter(_telling, words(text))) for text in side] for side in (old, new)]
    for i, j in in_order(len(old), len(new), lambda i, j: likeness(bags[0][i], bags[1][j]), ALIKE):
        yield "" if i is None else old[i], "" if j is None else new[j]


def _telling(word: str) -> bool:
    """Whether a word is no mark and no particle."""
    return any(map(str.isalnum, word)) and not (len(word) == 1 and "ぁ" <= word <= "ん")


def _sentence(old: str, new: str) -> list[Run]:
    return _words(old, new) if old and new else [Run(GONE, old), Run(NEW, new)]


# --- words ----------------------------------------------------------------------------------------------


def _words(before: str, after: str) -> list[Run]:
    old, new = words(before), words(after)
    found: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run(SAME, "".join(old[i1:i2])))
        else:
            found += [Run(GONE, "".join(old[i1:i2])), Run(NEW, "".join(new[j1:j2]))]
    return list(_read_together([run for run in found if run.text]))


def _read_together(found: list[Run]) -> Iterator[Run]:
    """Replacements with hardly anything between them are one: 甲→乙 の 丙→丁 is read as 甲の丙→乙の丁."""
    for place, run in enumerate(found):
        if _island(found, place):
            yield from (Run(GONE, run.text), Run(NEW, run.text))
        else:
            yield run


def _island(found: Sequence[Run], place: int) -> bool:
    around = [run.what for run in (*found[max(0, place - 2) : place], *found[place + 1 : place + 3])]
    if found[place].what != SAME or around != [GONE, NEW, GONE, NEW]:
        return False
    return len(found[place].text) <= ISLAND and not re.search(r"[、。\n「」『』（）()]", found[place].text)


def _joined(found: Sequence[Run]) -> list[Run]:
    """Runs that touch made one, deletions before additions."""
    result: list[Run] = []
    gone = new = ""
    for run in (*found, Run(SAME, "")):
        if run.what != SAME:
            gone += run.text if run.what == GONE else ""
            new += run.text if run.what == NEW else ""
            continue
        changed = [Run(what, text) for what, text in ((GONE, gone), (NEW, new)) if text]
        if changed or not result or result[-1].what != SAME:
            result += [*changed, run]
        else:
            result[-1] = Run(SAME, result[-1].text + run.text)
        gone = new = ""
    return [run for run in result if run.text]
