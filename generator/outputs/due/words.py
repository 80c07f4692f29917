"""A due item in the words of a list: what it is, when it is due, how much time is left."""

from __future__ import annotations

import datetime as dt

from generator.intake.eras import WEEKDAYS
from generator.rules.dueitem import DueItem
from generator.rules.labels import MEDIA, SCOPES

NO_DATE = "期日なし"


def named(item: DueItem) -> str:
    """`No.4 作業実績報告書（令和8年4月）`, with 差分 or 全量 and the medium where the specification tells them apart."""
    number = f"No.{item.deliverable} " if item.listed else ""
    kind = "・".join(filter(None, (SCOPES.get(item.scope or ""), MEDIA.get(item.medium or ""))))
    of = "・".join(filter(None, (item.occasion, kind)))
    return f"{number}{item.title}" + (f"（{of}）" if of else "")


def dated(day: dt.date | None) -> str:
    """`2026-05-10（日）`."""
    return f"{day.isoformat()}（{WEEKDAYS[day.weekday()]}）" if day else NO_DATE


def left(days: int) -> str:
    """`あと7日`, `明日`, `本日`, `3日超過`."""
    if days < 0:
        return f"{-days}日超過"
    return ("本日", "明日")[days] if days < 2 else f"あと{days}日"


def closed(item: DueItem) -> str:
    """What to know of a date on which the authority is closed; empty on an open day."""
    around = item.closed_day
    if around is None:
        return ""
    return (
        f"{around.name}。直前の{around.open_name}は {dated(around.previous_open) if around.previous_open else 'なし'}"
    )
