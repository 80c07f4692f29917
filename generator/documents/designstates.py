"""The design as it stood before and after each system change: later changes taken back, one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from generator.history.effects import CORRECTIONS, in_order
from generator.model import Chapter, Contract, Difference, Effect, Entry, Sheet
from generator.rules import events


def before(contract: Contract, change: Entry) -> Contract:
    """The contract with the design and the manuals as they were before a change."""
    return taken_back(contract, [*_later(contract, change), change])


def after(contract: Contract, change: Entry) -> Contract:
    """The same as they were after it, and before every later one, be it a correction of the wording."""
    left = taken_back(contract, _later(contract, change))
    effect = contract.effects.get(change.id, Effect())
    otherwise = [replace(one, before=one.after) for one in effect.differences if _value(left, one) != one.after]
    return _without(left, Effect(differences=tuple(otherwise)))


def _value(contract: Contract, one: Difference) -> Any:
    """What the thing or chapter says that a change left otherwise; None where there is none."""
    if one.place == "design":
        kind, _, name = one.name.partition("/")
        return next((sheet.named.get(name) for sheet in contract.design if sheet.kind == kind), None)
    return next((c.values for c in contract.manuals if f"{c.manual}/{c.id}" == one.name), None)


def known_on(contract: Contract, day: dt.date) -> Contract:
    """The contract with the design as it was on a day: changes of later days have not happened yet."""
    known = taken_back(contract, _changed_after(contract, day))
    return replace(known, design=tuple(_corrected_by(sheet, day) for sheet in known.design))


def commits_after(contract: Contract, day: dt.date) -> frozenset[str]:
    """The commits that made nothing but changes of later days: a book as of the day has no such edition."""
    effects = (contract.effects.get(entry.id, Effect()) for entry in _changed_after(contract, day))
    return frozenset(commit for effect in effects for commit in effect.commits)


def _changed_after(contract: Contract, day: dt.date) -> list[Entry]:
    return [entry for entry in in_order(contract) if (events.happened_on(entry) or dt.date.min) > day]


def _corrected_by(sheet: Sheet, day: dt.date) -> Sheet:
    """The overview with the corrections that were made by a day."""
    made = [one for one in sheet.values.get(CORRECTIONS) or () if one["date"] <= day]
    return replace(sheet, values={**sheet.values, CORRECTIONS: made}) if CORRECTIONS in sheet.values else sheet


def taken_back(contract: Contract, changes: Iterable[Entry]) -> Contract:
    """The contract without what these changes did; the latest is taken back first."""
    order = [entry.id for entry in in_order(contract)]
    wanted = {entry.id for entry in changes}
    effects = [contract.effects[name] for name in reversed(order) if name in wanted and name in contract.effects]
    for effect in effects:
        contract = _without(contract, effect)
    return contract


def _later(contract: Contract, change: Entry) -> list[Entry]:
    order = in_order(contract)
    names = [entry.id for entry in order]
    return order[names.index(change.id) + 1 :] if change.id in names else []


def _without(contract: Contract, effect: Effect) -> Contract:
    sheets = {sheet.kind: sheet for sheet in contract.design}
    chapters = {f"{chapter.manual}/{chapter.id}": chapter for chapter in contract.manuals}
    for one in sorted(effect.differences, key=lambda one: (one.before is not None, one.at)):  # so that places hold
        kind, _, name = one.name.partition("/")
        if one.place == "design":
            sheet = _sheet(sheets.get(kind) or Sheet(kind=kind, values={}), name, one)
            sheets = {k: s for k, s in {**sheets, kind: sheet}.items() if s.values}
        else:
            chapters = dict(_chapters(chapters, kind, name, one))
    manuals = sorted(chapters.values(), key=lambda c: (c.manual, c.values["order"], c.id))
    return replace(contract, design=tuple(sheets[kind] for kind in sorted(sheets)), manuals=tuple(manuals))


def _sheet(sheet: Sheet, name: str, one: Difference) -> Sheet:
    if not sheet.listed:
        fields = {key: value for key, value in sheet.values.items() if key != name}
        return replace(sheet, values=fields if one.before is None else {**fields, name: one.before})
    things = list(_things(sheet, name, one))
    return replace(sheet, values={**sheet.values, sheet.kind: things} if things else {})


def _things(sheet: Sheet, name: str, one: Difference) -> Iterator[Any]:
    """The things of a sheet with one as it was: in its place, put back where it stood, or left out."""
    there = any(thing["id"] == name for thing in sheet.things)
    for place, thing in enumerate(sheet.things):
        if one.before is not None and not there and place == one.at:
            yield one.before
        if thing["id"] != name:
            yield thing
        elif one.before is not None:
            yield one.before
    if one.before is not None and not there and one.at >= len(sheet.things):
        yield one.before


def _chapters(chapters: dict[str, Chapter], manual: str, name: str, one: Difference) -> Iterator[tuple[str, Chapter]]:
    yield from ((key, chapter) for key, chapter in chapters.items() if key != one.name)
    if one.before is not None:
        now = chapters.get(one.name) or Chapter(manual=manual, id=name, values={})
        yield one.name, replace(now, values=one.before)
