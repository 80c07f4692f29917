"""Due items that a change moves, brings, takes away, or puts into another state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.history.comparison import RENUMBERED, Change
from generator.intake.schema import RECORDS
from generator.model import Contract
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem, order
from generator.rules.labels import MEDIA, SCOPES
from generator.rules.states import OUT_OF_SCOPE

MOVED, NEW, GONE, STATE = "moved", "new", "gone", "state"


@dataclass(frozen=True)
class DeadlineChange:
    """A due item that is otherwise."""

    what: str
    deliverable: str
    title: str
    occasion: str
    """`令和8年4月`, `障害 2026-001`; empty for an item that there is one of."""
    scope: str | None
    medium: str | None
    listed: bool
    before: dt.date | None
    after: dt.date | None
    state_before: str
    """Empty where it was not there."""
    state_after: str
    why: tuple[str, ...] = ()
    """What its explanation says now, and did not say before."""

    @property
    def sort(self) -> str:
        """Its scope and medium in words; empty where it has none."""
        return "・".join(filter(None, (SCOPES.get(self.scope or ""), MEDIA.get(self.medium or ""))))


def deadline_changes(
    before: Contract | None, after: Contract | None, as_of: dt.date, changes: Sequence[Change]
) -> list[DeadlineChange]:
    """The due items that differ, as of a day, in their order; those that need not be met are none.

    `changes` tell which deliverables and records have another number now.
    """
    old, new = (_items(one, as_of) for one in (before, after))
    old = {_renamed(key, changes): item for key, item in old.items()}
    keys = sorted({*old, *new}, key=lambda key: order(new.get(key) or old[key]))
    return [change for key in keys for change in _changed(old.get(key), new.get(key))]


def _items(contract: Contract | None, as_of: dt.date) -> dict[str, DueItem]:
    """The due items by what they are, whatever their contract is called."""
    found = due_items(contract, as_of) if contract else ()
    return {item.key.partition("|")[2]: item for item in found}


def _renamed(key: str, changes: Sequence[Change]) -> str:
    """What an item is, by the numbers that its deliverable and its record have after."""
    number, scope, medium, period, event, rest = key.split("|", _EVENT + 1)
    for change in changes:
        if change.what == RENUMBERED and change.kind.startswith(RECORDS) and not change.steps:
            kind = change.kind.removeprefix(RECORDS)
            event = f"{kind}/{change.after}" if event == f"{kind}/{change.before}" else event
        elif change.what == RENUMBERED and change.steps == ("deliverables", "*") and change.before == number:
            number = change.after
    return "|".join((number, scope, medium, period, event, rest))


_EVENT = 4
"""Where an item's key names its record, once the contract is taken off."""


def _changed(was: DueItem | None, now: DueItem | None) -> Iterator[DeadlineChange]:
    there = [one for one in (was, now) if one and one.state != OUT_OF_SCOPE]
    if was and now and there and was.due != now.due:
        yield _told(MOVED, was, now)
    elif was and now and there and was.state != now.state:
        yield _told(STATE, was, now)
    elif there and was is None:
        yield _told(NEW, None, now)
    elif there and now is None:
        yield _told(GONE, was, None)


def _told(what: str, was: DueItem | None, now: DueItem | None) -> DeadlineChange:
    item = now or was
    assert item is not None
    known = was.explanation if was else ()
    return DeadlineChange(
        what=what,
        deliverable=item.deliverable,
        title=item.title,
        occasion=item.occasion or "",
        scope=item.scope,
        medium=item.medium,
        listed=item.listed,
        before=was.due if was else None,
        after=now.due if now else None,
        state_before=was.state if was else "",
        state_after=now.state if now else "",
        why=tuple(step for step in (now.explanation if now else ()) if step not in known),
    )


@dataclass(frozen=True)
class DeadlineGroup:
    """What happens alike to the due items of a deliverable."""

    what: str
    changes: tuple[DeadlineChange, ...]

    @property
    def first(self) -> DeadlineChange:
        """The one that stands for all."""
        return self.changes[0]

    @property
    def sorts(self) -> list[str]:
        """The scopes and media there are: `差分・データ`; only an empty one where the deliverable has none."""
        return list(dict.fromkeys(one.sort for one in self.changes))

    @property
    def rows(self) -> list[tuple[DeadlineChange, ...]]:
        """The changes in order; those that differ in nothing but scope and medium together."""
        found: dict[tuple[object, ...], list[DeadlineChange]] = {}
        for one in self.changes:
            key = (one.occasion, one.before, one.after, one.state_before, one.state_after)
            found.setdefault(key, []).append(one)
        return [tuple(row) for row in found.values()]


def grouped(changes: Iterable[DeadlineChange]) -> list[DeadlineGroup]:
    """The changes by deliverable and by what happens, in order of their first."""
    groups: dict[tuple[str, ...], list[DeadlineChange]] = {}
    for one in changes:
        states = (one.state_before, one.state_after) if one.what == STATE else ()
        groups.setdefault((one.what, one.deliverable, one.title, *states), []).append(one)
    return [DeadlineGroup(key[0], tuple(found)) for key, found in groups.items()]
