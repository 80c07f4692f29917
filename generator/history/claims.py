"""What claims a change of the design: the record of a system change, or a correction of the wording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.history.effects import CORRECTIONS, Name, in_order, names_of
from generator.history.firstedition import Edition
from generator.history.log import History
from generator.history.things import TREE, Step
from generator.model import Contract
from generator.rules import events


@dataclass(frozen=True)
class Claim:
    """A record of a change: what it names, and when it was written."""

    id: str
    names: tuple[Name, ...]
    touched: frozenset[int]
    """The commits that touched its file."""
    written: int
    """The first of them; commits count from the newest."""
    told: bool = True
    """False of a correction of the wording: nothing is told of it."""
    known: bool = False
    """Whether what was there before it is known for certain."""


def claims_of(contract: Contract, history: History, edition: Edition) -> list[Claim]:
    """The records of system changes, in order of day."""
    found = []
    for entry in in_order(contract):
        touches = [touch.commit for touch in history.touched.get(entry.source.path, ())]
        if entry.source.path in history.uncommitted or not touches:
            touches.append(TREE)
        record = Claim(entry.id, names_of(entry), frozenset(touches), max(touches))
        found.append(replace(record, known=_is_known(record, events.happened_on(entry), edition)))
    return found


def _is_known(record: Claim, day: dt.date | None, edition: Edition) -> bool:
    """Whether a record that changed nothing is certain to have changed nothing."""
    if edition.history.shallow or not edition.history.tracked:
        return False
    return all(record.written < edition.last(name) and edition.stood(name, day or dt.date.min) for name in record.names)


def corrections_of(name: Name, steps: Mapping[Name, Sequence[Step]], edition: Edition) -> list[Claim]:
    """The corrections of the wording that name a thing, each commit of one as a record."""
    found = (step.commit for step in steps.get(Name(CORRECTIONS, name.name), ()) if step.new is not None)
    return [
        Claim(f"{CORRECTIONS} {commit}", (name,), frozenset({commit}), commit, told=False)
        for commit in found
        if commit < edition.last(name)
    ]
