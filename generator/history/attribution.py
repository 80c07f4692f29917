"""Which record each change of the design and the manuals belongs to: the one that names the thing.

A record names what it changed (`design: [servers/db01]`). Of the commits that changed a thing, those that touch the
record itself belong to it; else the record written before that still lacks one; else the next that was written; else the
last before, if it was touched since or a merge settles what two lines of work say. A later change of the thing needs a record of its own, or a touch of the old one.
What the first edition of the design held belongs to no change, nor does what a correction of the wording names: it counts
as a record of its own, of which nothing is told. What was changed and changed back has not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.history.claims import Claim, claims_of, corrections_of
from generator.history.effects import CORRECTIONS, Name, Told, Unrecorded
from generator.history.firstedition import Edition, edition_of
from generator.history.log import History
from generator.history.things import TREE, Step, Things
from generator.intake.remembered import Store
from generator.intake.repository import Repository
from generator.model import Contract, Difference, Effect


def read(contract: Contract, history: History, repository: Repository | None, store: Store | None = None) -> Told:
    """The effects of all changes of a contract, by the id of the record, and what no record accounts for."""
    things = Things(repository, store)
    steps = _by_name(things.steps(contract, history) if history.tracked else [])
    edition = edition_of(contract, history)
    records = claims_of(contract, history, edition)
    owned: dict[tuple[str, Name], list[Step]] = {}
    unrecorded = []
    for name, own in steps.items():
        if name.place == CORRECTIONS:
            continue
        naming = [record for record in records if name in record.names]
        naming += corrections_of(name, steps, edition)
        alone = []
        for step, record in _laid(own, sorted(naming, key=lambda one: (-one.written, one.told)), edition):
            if record is None:
                alone.append(step)
            elif record.told:
                owned.setdefault((record.id, name), []).append(step)
        unrecorded += [_unrecorded(name, step, history) for step in _unaccounted(alone)]
    alone_in = _commits(steps, owned)
    effects = {
        record.id: replace(_effect(record, owned, things), commits=_named(alone_in.get(record.id, ()), history))
        for record in records
    }
    things.keep(contract)
    return Told(effects, tuple(unrecorded))


def _commits(
    steps: Mapping[Name, Sequence[Step]], owned: Mapping[tuple[str, Name], Sequence[Step]]
) -> dict[str, set[int]]:
    """The commits of each record that changed nothing but what belongs to it."""
    owners: dict[int, set[str | None]] = {}
    of_step = {(step.name, step.commit): record for (record, _), own in owned.items() for step in own}
    for name, own in steps.items():
        for step in own if name.place != CORRECTIONS else ():
            owners.setdefault(step.commit, set()).add(of_step.get((step.name, step.commit)))
    found: dict[str, set[int]] = {}
    for commit, records in owners.items():
        record = next(iter(records)) if len(records) == 1 else None
        if record is not None:
            found.setdefault(record, set()).add(commit)
    return found


def _named(places: Iterable[int], history: History) -> tuple[str, ...]:
    return tuple(history.commits[place].id for place in sorted(places, reverse=True) if place != TREE)


def _unrecorded(name: Name, step: Step, history: History) -> Unrecorded:
    if step.commit == TREE:
        return Unrecorded(name, None, None)
    commit = history.commits[step.commit]
    return Unrecorded(name, commit.id, commit.date)


def _by_name(steps: Iterable[Step]) -> dict[Name, list[Step]]:
    found: dict[Name, list[Step]] = {}
    for step in steps:
        found.setdefault(step.name, []).append(step)
    return found


def _laid(steps: Sequence[Step], naming: Sequence[Claim], edition: Edition) -> Iterator[tuple[Step, Claim | None]]:
    """The changes of one thing, each with the record it belongs to; None where none accounts for it.

    `naming` are the records that name it in the order in which they were written.
    """
    served: set[str] = set()
    for step in steps:
        if edition.opens(step):
            continue
        record = _of_step(step, naming, served, edition)
        if record is not None:
            served.add(record.id)
            yield step, record
        elif not edition.holds(step):
            yield step, None


def _of_step(step: Step, naming: Sequence[Claim], served: set[str], edition: Edition) -> Claim | None:
    together = [record for record in naming if step.commit in record.touched and step.commit == record.written]
    together = together or [record for record in naming if step.commit in record.touched]
    if together or edition.holds(step):
        return together[-1] if together else None
    late = [record for record in naming if min(record.touched) < edition.last(step.name)]
    older, newer = ([r for r in late if (r.written > step.commit) == before] for before in (True, False))
    waiting = [record for record in older if record.id not in served]
    settles = step.commit != TREE and edition.history.commits[step.commit].merge
    since = [record for record in older if settles or min(record.touched) < step.commit]
    return next(iter((*waiting[:1], *newer[:1], *since[-1:])), None)


def _unaccounted(steps: Sequence[Step]) -> list[Step]:
    """The first of the changes without a record; none where all came back to what was there."""
    found: list[Step] = []
    for step in steps:
        found = [] if step.new == steps[0].old else [*found, step]
    return found[:1]


def _effect(record: Claim, owned: Mapping[tuple[str, Name], Sequence[Step]], things: Things) -> Effect:
    found = [_difference(name, owned[record.id, name], things) for name in record.names if (record.id, name) in owned]
    told = [one for one in found if one.before != one.after]
    return Effect(differences=tuple(told), known=bool(told) or record.known)


def _difference(name: Name, steps: Sequence[Step], things: Things) -> Difference:
    before, at = things.values(steps[0].before, name)
    after, _ = things.values(steps[-1].after, name)
    return Difference(place=name.place, name=name.name, before=before, after=after, at=at)
