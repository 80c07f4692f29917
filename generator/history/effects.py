"""What each system change did to the design: what is told of it, what may be named, and how it is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.intake.remembered import Memory, Store, dumps, loads
from generator.intake.schema import MANUALS
from generator.model import Chapter, Contract, Difference, Effect, Entry, Sheet
from generator.rules import events

CHANGES = "changes"
"""The kind of record of a system change."""


CORRECTIONS = "corrections"
"""Stands where a record would: what a correction of the wording names."""


class Name(NamedTuple):
    """What a system change can name: `design`, `servers/db01`; `manuals`, `operation/backup`."""

    place: str
    name: str


@dataclass(frozen=True)
class Unrecorded:
    """A change of the design that no record names."""

    name: Name
    commit: str | None
    """None for what is not committed."""
    date: dt.date | None


@dataclass(frozen=True)
class Told:
    """What history says of a contract's system changes."""

    effects: Mapping[str, Effect] = field(default_factory=dict)
    unrecorded: tuple[Unrecorded, ...] = ()


def outside(contract: Contract) -> Told:
    """What can be told where there is no history: that nothing is known."""
    return Told({entry.id: Effect() for entry in in_order(contract)})


def in_order(contract: Contract) -> list[Entry]:
    """The records of system changes by day and id."""
    found = events.entries_of(contract, CHANGES)
    return sorted(found, key=lambda entry: (events.happened_on(entry) or dt.date.max, entry.id))


def names_of(entry: Entry) -> tuple[Name, ...]:
    """What a record of a change names."""
    listed = ((place, name) for place in ("design", "manuals") for name in entry.values.get(place) or ())
    return tuple(dict.fromkeys(Name(place, name) for place, name in listed))


def said(told: Sheet | Chapter) -> dict[Name, Any]:
    """What a file of today says, by name."""
    if isinstance(told, Chapter):
        return {Name(MANUALS, f"{told.manual}/{told.id}"): told.values}
    return {Name("design", f"{told.kind}/{name}"): value for name, value in told.named.items()}


_LAYOUT = "3"
"""To be raised when what is kept is laid out or worked out otherwise."""


def kept(store: Store, contract: str, key: str) -> Told | None:
    """What was worked out before from the same things; None where it was not."""
    raw = store.get(f"effects-{contract}")
    known, effects, unrecorded = loads(raw) if raw is not None else (None, {}, [])
    if known != key:
        return None
    return Told(
        {
            record: Effect(differences=tuple(Difference(**one) for one in told), known=known, commits=tuple(commits))
            for record, (known, commits, *told) in effects.items()
        },
        tuple(Unrecorded(Name(*name), commit, date) for name, commit, date in unrecorded),
    )


def keep(store: Store, contract: str, key: str, told: Told) -> None:
    """Keep what was worked out."""
    unrecorded = [[list(one.name), one.commit, one.date] for one in told.unrecorded]
    store.put(f"effects-{contract}", dumps([key, _all(told.effects), unrecorded]))


def key(contract: Contract, head: str) -> str:
    """What a contract's effects are kept under: they follow from the last commit and the data as it is."""
    told: tuple[Sheet | Chapter | Entry, ...] = (*contract.design, *contract.manuals, *in_order(contract))
    said = [[one.source.path, one.values] for one in told]
    return hashlib.sha256(f"{_LAYOUT} {Memory(None).key('', b'')} {head} ".encode() + dumps(said)).hexdigest()


def said_of(told: Mapping[str, Effect]) -> str:
    """What changes did, as one text: equal effects, equal texts."""
    return dumps(_all(told)).decode()


def _all(told: Mapping[str, Effect]) -> dict[str, list[Any]]:
    return {name: [e.known, e.commits, *map(_raw, e.differences)] for name, e in told.items()}


def _raw(one: Difference) -> dict[str, Any]:
    return {"place": one.place, "name": one.name, "before": one.before, "after": one.after, "at": one.at}
