"""Equal dates from two rules become one due item that holds both grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.rules.dueitem import DueItem

BOTH = "次の定めからも同じ期日になるため、一件にまとめました。"


def merged(items: Iterable[DueItem]) -> list[DueItem]:
    """Items of one deliverable, with those of equal scope, medium and date made one.

    Never two records, and never two periods of the same rule: those are two documents with the same date.
    """
    kept: list[DueItem] = []
    by_date: dict[tuple[object, ...], list[int]] = {}
    for item in items:
        same = by_date.setdefault((item.scope, item.medium, item.due, item.due_time), [])
        place = next((i for i in same if item.due and _one_thing(kept[i], item)), None)
        if place is None:
            same.append(len(kept))
            kept.append(item)
        else:
            kept[place] = _both(kept[place], item)
    return kept


def _one_thing(first: DueItem, second: DueItem) -> bool:
    if first.event and second.event and first.event != second.event:
        return False
    shared = set(first.rules) & set(second.rules)
    return not shared or (first.period, first.event) == (second.period, second.event)


def _both(first: DueItem, second: DueItem) -> DueItem:
    if second.applies and not first.applies:
        first, second = second, first
    return replace(
        first,
        period=first.period or second.period,
        event=first.event or second.event,
        occasion=first.occasion or second.occasion,
        phrase="／".join(dict.fromkeys(p for p in (first.phrase, second.phrase) if p)),
        explanation=tuple(dict.fromkeys((*first.explanation, BOTH, *second.explanation))),
        readings=tuple(dict.fromkeys((*first.readings, *second.readings))),
        flags=tuple(dict.fromkeys((*first.flags, *second.flags))),
        condition=first.condition if first.condition == second.condition else _conditions(first, second),
        rules=tuple(sorted({*first.rules, *second.rules})),
    )


def _conditions(first: DueItem, second: DueItem) -> str | None:
    """Both conditions; none when one of the grounds holds without any."""
    if first.condition is None or second.condition is None:
        return None
    return f"{first.condition}／{second.condition}"
