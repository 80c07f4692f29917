"""Changed words of a text, marked so that they can be read aloud: whole words and figures, never parts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stayed, went or came."""

    what: str
    text: str


_WORD = re.compile(
    r"(?:明治|大正|昭和|平成|令和)\s*(?:元|[0-9０-９]+)\s*年(?:\s*[0-9０-９]+\s*月(?:\s*[0-9０-９]+\s*日)?)?"
    r"|[0-9０-９]+(?:[.,:：．，/-][0-9０-９]+)*(?:年|月|日|時|分|秒|回|件|人|名|部|枚|台|園|円|%|％|か月|箇月|週間|時間)?"
    r"|[A-Za-zＡ-Ｚａ-ｚ]+(?:[._@'-][A-Za-zＡ-Ｚａ-ｚ0-9]+)*"
    r"|[一-龠々〆ヶ]+|[ぁ-んー]+|[ァ-ヴー・]+|\s+|.",
    re.DOTALL,
)
"""A date, a figure with its unit, a word of one script, or a single mark."""

ISLAND = 2
"""What stayed between two changes is read with them when it is this short."""


def words(text: str) -> list[str]:
    """The text in the pieces that are compared."""
    return _WORD.findall(text)


def runs(before: str, after: str) -> list[Run]:
    """The text before and after as one, deletions before additions. Joined without the new, it is the old text."""
    old, new = words(before), words(after)
    found: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run(SAME, "".join(old[i1:i2])))
        else:
            found += [Run(GONE, "".join(old[i1:i2])), Run(NEW, "".join(new[j1:j2]))]
    return list(_read_together([run for run in found if run.text]))


def _read_together(found: list[Run]) -> Iterator[Run]:
    """Changes with hardly anything between them are one change: 甲→乙 の 丙→丁 is read as 甲の丙→乙の丁."""
    gone = new = ""
    for place, run in enumerate(found):
        island = run.what == SAME and (gone or new) and place + 1 < len(found) and _short(run.text)
        if run.what == SAME and not island:
            yield from _change(gone, new)
            gone = new = ""
            yield run
        else:
            gone += run.text if run.what in (SAME, GONE) else ""
            new += run.text if run.what in (SAME, NEW) else ""
    yield from _change(gone, new)


def _short(text: str) -> bool:
    return len(text) <= ISLAND and not re.search(r"[、。\n]", text)


def _change(gone: str, new: str) -> Iterator[Run]:
    yield from (run for run in (Run(GONE, gone), Run(NEW, new)) if run.text)


def before_side(found: list[Run]) -> list[Run]:
    """What stood there before: the additions left out."""
    return [run for run in found if run.what != NEW]


def after_side(found: list[Run]) -> list[Run]:
    """What stands there now: the deletions left out."""
    return [run for run in found if run.what != GONE]
