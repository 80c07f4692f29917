"""Due dates that a change of the data has moved: what an officer asks first, and no single field says."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.history.comparison import Change
from generator.intake.eras import wareki
from generator.intake.schema import RECORDS
from generator.model import Contract
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem

FEW = 2
"""As many of a deliverable's moved dates are told one by one."""

_KINDS = ("contract", "deliverables", "authority")


def moved(changes: Collection[Change], before: Contract | None, after: Contract | None) -> list[str]:
    """`作業報告書の期限　令和8年5月10日 → 令和8年5月14日（令和8年4月）、ほか11件`: a sentence for each deliverable."""
    asked = any(change.kind in _KINDS or change.kind.startswith(RECORDS) for change in changes)
    if before is None or after is None or not asked:
        return []
    day = max(before.head.period.end, after.head.period.end)
    old = {item.key: item for item in due_items(before, day)}
    found: dict[str, list[tuple[DueItem, DueItem]]] = {}
    for item in due_items(after, day):
        was = old.get(item.key)
        if was is not None and was.due != item.due:
            found.setdefault(item.title, []).append((was, item))
    return [f"{title}の期限　{'、'.join(_told(pairs))}" for title, pairs in found.items()]


def _told(pairs: list[tuple[DueItem, DueItem]]) -> Iterator[str]:
    for was, now in pairs[:FEW]:
        yield f"{_day(was)} → {_day(now)}" + (f"（{now.occasion}）" if now.occasion else "")
    if len(pairs) > FEW:
        yield f"ほか{len(pairs) - FEW}件"


def _day(item: DueItem) -> str:
    return wareki(item.due) if item.due else "日付なし"
