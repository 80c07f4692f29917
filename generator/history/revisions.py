"""改訂履歴 of a document: the commits that touched its data, numbered from the first, and what each of them changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.history.following import Touch
from generator.history.log import History
from generator.history.parts import kind_of
from generator.history.partwords import NEW, titles, worded

OUTSIDE = "まだコミットがないか、git の管理外のため、改訂履歴はありません。"
UNKNOWN = "この文書のデータはまだ git に記録（コミット）されていないため、改訂履歴はありません。"
CUT = "履歴が途中で切れた複製（浅いクローン）から作ったため、古い版は載っていません。"
BACK = "版は履歴に入った順に並べ、改訂日は変更が記録された日のまま載せているため、日が前後しているところがあります。"
PAPER = 12
"""So many editions stand on a sheet of paper."""

BEFORE = "以前の版を含む"
"""What the first edition that is known changed, where the history was cut off."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One edition of a document."""

    number: int
    date: dt.date | None
    """None while the change is not committed."""
    author: str
    reason: str
    """The first line of the commit's message; empty where there is none."""
    commit: str | None
    part: str = ""
    """What it changed: `体制（人、任命）`."""


@dataclass(frozen=True, slots=True)
class Revisions:
    """All editions of a document, oldest first, and what has to be said about them."""

    editions: tuple[Revision, ...]
    note: str | None = None

    @property
    def latest(self) -> Revision | None:
        """The newest edition; None where there is no history."""
        return self.editions[-1] if self.editions else None

    @property
    def left_out(self) -> tuple[Revision, ...]:
        """The editions that a sheet of paper leaves out: all but the first and the latest, where they are many."""
        return self.editions[1 : 1 - PAPER] if len(self.editions) > PAPER + 1 else ()

    def without(self, commits: Collection[str]) -> Revisions:
        """The editions but for those that these commits made; the others keep their numbers."""
        kept = tuple(edition for edition in self.editions if edition.commit not in commits)
        return self if len(kept) == len(self.editions) else Revisions(kept, self.note)

    @property
    def label(self) -> str:
        """`第3版`, `第4版（未確定）`, or `版なし`."""
        if self.latest is None:
            return "版なし"
        return f"第{self.latest.number}版" + ("" if self.latest.commit else "（未確定）")


def of_document(history: History, sources: Collection[str]) -> Revisions:
    """The editions of a document made from these files."""
    if not history.tracked:
        return Revisions((), OUTSIDE)
    key = tuple(sorted(sources))
    if key not in history.made:
        history.made[key] = _made(history, key)
    made: Revisions = history.made[key]
    return made


def _made(history: History, sources: Sequence[str]) -> Revisions:
    changes: dict[int, list[Touch]] = {}
    for path in sources:
        for touch in history.touched.get(path, ()):
            changes.setdefault(touch.commit, []).append(touch)
    places = sorted(changes, reverse=True)
    editions = [_edition(history, n, place, changes[place]) for n, place in enumerate(places, 1)]
    dirty = [path for path in sources if path in history.uncommitted]
    if dirty:
        part = titles(dirty, map(kind_of, dirty))
        editions.append(Revision(len(editions) + 1, None, "", "まだコミットされていない変更を含む", None, part))
    return Revisions(tuple(editions), "".join(_notes(history, editions)) or None)


def _edition(history: History, number: int, place: int, changes: Sequence[Touch]) -> Revision:
    commit = history.commits[place]
    if number == 1 and not any(touch.before for touch in changes):
        part = BEFORE if commit.first and history.shallow else NEW
    else:
        part = worded(history.parts.of(touch) for touch in changes)
    return Revision(number, commit.date, commit.author, commit.subject, commit.id, part)


def _notes(history: History, editions: Sequence[Revision]) -> Iterator[str]:
    if not editions:
        yield UNKNOWN
    if history.shallow:
        yield CUT
    days = [edition.date for edition in editions if edition.date]
    if any(later < earlier for earlier, later in pairwise(days)):
        yield BACK
