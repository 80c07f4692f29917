"""Which record each change of the design and the manuals belongs to: the one that names the thing.

A record names what it changed (`design: [servers/db01]`). Of the commits that changed a thing, those that touch the
record itself belong to it; else the next record of that thing that still lacks one; else the last before, until what
it changed was handed over: a delta that was submitted stands. What the first edition of the design held belongs to no change, nor does what a correction of the wording names: it counts as
a record of its own, of which nothing is told. What was changed and changed back has not changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.history.effects import CHANGES, CORRECTIONS, Name, Told, Unrecorded, in_order, names_of
from generator.history.log import History
from generator.history.things import TREE, Step, Things, told_paths
from generator.intake.remembered import Store
from generator.intake.repository import Repository
from generator.intake.schema import MANUALS
from generator.model import OVERVIEW, Contract, Difference, Effect
from generator.rules import events


def read(contract: Contract, history: History, repository: Repository | None, store: Store | None = None) -> Told:
    """The effects of all changes of a contract, by the id of the record, and what no record accounts for."""
    things = Things(repository, store)
    steps = _by_name(things.steps(contract, history) if history.tracked else [])
    edition = _edition(contract, history)
    records = _records(contract, history, edition)
    owned: dict[tuple[str, Name], list[Step]] = {}
    unrecorded = []
    for name, own in steps.items():
        if name.place == CORRECTIONS:
            continue
        naming = [record for record in records if name in record.names]
        naming += _corrections(name, steps, edition)
        alone = []
        for step, record in _laid(own, sorted(naming, key=lambda one: (-one.written, one.told)), edition):
            if record is None:
                alone.append(step)
            elif record.told:
                owned.setdefault((record.id, name), []).append(step)
        unrecorded += [_unrecorded(name, step, history) for step in _unaccounted(alone)]
    effects = {record.id: _effect(record, owned, things) for record in records}
    return Told(effects, tuple(unrecorded))


def _unrecorded(name: Name, step: Step, history: History) -> Unrecorded:
    if step.commit == TREE:
        return Unrecorded(name, None, None)
    commit = history.commits[step.commit]
    return Unrecorded(name, commit.id, commit.date)


@dataclass(frozen=True)
class _Edition:
    """The first edition: what stands in it before any change."""

    begun: Mapping[str, int]
    """The first commit that holds any design, and that of each manual, by their folders."""
    early: frozenset[int]
    """The commits up to the day that the first edition names as its own."""
    day: dt.date | None
    """That day."""
    history: History

    def holds(self, step: Step) -> bool:
        """Whether a commit made the first edition of what a thing stands in."""
        return step.commit in self.early or step.commit >= self._began(step.name)

    def opens(self, step: Step) -> bool:
        """Whether nothing at all is known of what was before."""
        return step.commit >= max(self.begun.values(), default=TREE)

    def last(self, name: Name) -> int:
        """The last commit of the first edition of what a thing stands in."""
        return min((self._began(name), *self.early))

    def stood(self, name: Name, day: dt.date) -> bool:
        """Whether the first edition of what a thing stands in was there before a day."""
        began = self._began(name)
        known = [self.history.commits[began].date] if began != TREE else []
        return day > max([*known, *([self.day] if self.day else [])], default=dt.date.max)

    def _began(self, name: Name) -> int:
        return self.begun.get(_folder(name.place, name.name), TREE)


def _edition(contract: Contract, history: History) -> _Edition:
    begun: dict[str, int] = {}
    touches: set[int] = set()
    for path in told_paths(contract, history):
        of_path = {touch.commit for touch in history.touched[path]}
        place, _, name = path.split("/", 3)[3].partition("/")
        folder = _folder(place, name)
        begun[folder] = max(begun.get(folder, TREE), *of_path)
        touches |= of_path
    day = next((sheet.values.get("established") for sheet in contract.design if sheet.kind == OVERVIEW), None)
    early = frozenset(place for place in touches if day is not None and history.commits[place].date <= day)
    return _Edition(begun, early, day, history)


def _folder(place: str, name: str) -> str:
    return f"{place}/{name.partition('/')[0]}" if place == MANUALS else place


@dataclass(frozen=True)
class _Record:
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
    settled: int | None = None
    """The commit from which its delta was handed over; None where it was not, or was returned."""

    def open_to(self, step: Step) -> bool:
        """Whether a change that does not touch the record may still belong to it."""
        return self.settled is None or step.commit >= self.settled


def _records(contract: Contract, history: History, edition: _Edition) -> list[_Record]:
    found = []
    for entry in in_order(contract):
        touches = [touch.commit for touch in history.touched.get(entry.source.path, ())]
        if entry.source.path in history.uncommitted or not touches:
            touches.append(TREE)
        settled = _settled(contract, f"{CHANGES}/{entry.id}", history)
        record = _Record(entry.id, names_of(entry), frozenset(touches), max(touches), settled=settled)
        found.append(replace(record, known=_is_known(record, events.happened_on(entry), edition)))
    return found


def _settled(contract: Contract, event: str, history: History) -> int | None:
    """The commit of the last submission for a change; None where there is none, or the authority returned it."""
    made = sorted((s for s in contract.submissions if s.event == event), key=lambda s: s.date)
    if not made or made[-1].returned:
        return None
    places = (place for place, commit in enumerate(history.commits) if commit.id == made[-1].commit)
    return next(places, None)


def _is_known(record: _Record, day: dt.date | None, edition: _Edition) -> bool:
    """Whether a record that changed nothing is certain to have changed nothing."""
    if edition.history.shallow or not edition.history.tracked:
        return False
    return all(record.written < edition.last(name) and edition.stood(name, day or dt.date.min) for name in record.names)


def _corrections(name: Name, steps: Mapping[Name, Sequence[Step]], edition: _Edition) -> list[_Record]:
    """The corrections of the wording that name a thing, each commit of one as a record."""
    found = (step.commit for step in steps.get(Name(CORRECTIONS, name.name), ()) if step.new is not None)
    return [
        _Record(f"{CORRECTIONS} {commit}", (name,), frozenset({commit}), commit, told=False)
        for commit in found
        if commit < edition.last(name)
    ]


def _by_name(steps: Iterable[Step]) -> dict[Name, list[Step]]:
    found: dict[Name, list[Step]] = {}
    for step in steps:
        found.setdefault(step.name, []).append(step)
    return found


def _laid(steps: Sequence[Step], naming: Sequence[_Record], edition: _Edition) -> Iterator[tuple[Step, _Record | None]]:
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


def _of_step(step: Step, naming: Sequence[_Record], served: set[str], edition: _Edition) -> _Record | None:
    together = [record for record in naming if step.commit in record.touched and step.commit == record.written]
    together = together or [record for record in naming if step.commit in record.touched]
    if together or edition.holds(step):
        return together[-1] if together else None
    free = [record for record in naming if record.open_to(step)]
    late = [record for record in free if min(record.touched) < edition.last(step.name)]
    waiting = [record for record in late if record.id not in served]
    return waiting[0] if waiting else (free[-1] if free else None)


def _unaccounted(steps: Sequence[Step]) -> list[Step]:
    """The first of the changes without a record; none where all came back to what was there."""
    found: list[Step] = []
    for step in steps:
        found = [] if step.new == steps[0].old else [*found, step]
    return found[:1]


def _effect(record: _Record, owned: Mapping[tuple[str, Name], Sequence[Step]], things: Things) -> Effect:
    found = [_difference(name, owned[record.id, name], things) for name in record.names if (record.id, name) in owned]
    told = [one for one in found if one.before != one.after]
    return Effect(differences=tuple(told), known=bool(told) or record.known)


def _difference(name: Name, steps: Sequence[Step], things: Things) -> Difference:
    before, at = things.values(steps[0].before, name)
    after, _ = things.values(steps[-1].after, name)
    return Difference(place=name.place, name=name.name, before=before, after=after, at=at)
