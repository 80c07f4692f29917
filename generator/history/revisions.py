"""改訂履歴 of a document: the commits that touched its data, numbered from the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from generator.history.log import History, of_files


@dataclass(frozen=True, slots=True)
class Revision:
    """One edition of a document."""

    number: int
    date: dt.date | None
    """None while the change is not committed."""
    author: str
    reason: str
    commit: str | None


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
    def label(self) -> str:
        """`第3版`, `第4版（未確定）`, or `版なし`."""
        if self.latest is None:
            return "版なし"
        return f"第{self.latest.number}版" + ("" if self.latest.commit else "（未確定）")


def of_document(history: History, sources: Collection[str]) -> Revisions:
    """The editions of a document made from these files."""
    if not history.tracked:
        return Revisions((), "git の管理外のため、改訂履歴はありません。")
    commits = of_files(history, sources)
    editions = [Revision(n, c.date, c.author, c.subject, c.id) for n, c in enumerate(commits, 1)]
    if any(path in history.uncommitted for path in sources):
        editions.append(Revision(len(editions) + 1, None, "", "まだコミットされていない変更を含む", None))
    note = "履歴が途中で切れた複製（浅いクローン）から作ったため、古い版は載っていません。" if history.shallow else None
    return Revisions(tuple(editions), note)
