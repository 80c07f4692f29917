"""Changes of the data said in sentences: 「業務責任者　田中 → 鈴木（令和8年10月1日から）」."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.documents import changeclauses, changenames
from generator.documents.changeclauses import FEW
from generator.documents.changenames import file_name, unit_key, unit_steps
from generator.documents.changevalues import schema_of
from generator.history import comparison
from generator.history.comparison import Change
from generator.intake.eras import wareki

Sides = changenames.Sides
"""The contract before and after."""

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """A sentence and the changes it tells of."""

    sentence: str
    changes: tuple[Change, ...]


def sentences(changes: Sequence[Change], sides: Sides) -> list[str]:
    """What changed, a sentence for each thing; people who took over a role, and files of a kind, in one."""
    return [told.sentence for told in tell(changes, sides)]


def tell(changes: Sequence[Change], sides: Sides) -> list[Told]:
    """The same with the changes each sentence tells of; every change once, in order of its sentence."""
    found: list[Told] = []
    for group in _together(changes):
        if len(group) == 2 and _took_over(*group):
            said = _taken_over(group[0], group[1], sides)
        elif group[0].is_file:
            said = _files(group, sides)
        else:
            said = changeclauses.thing(group, sides)
        found.append(Told(said, tuple(group)))
    return found


def grouped(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Changes by the kind of data file, in order: `("体制", [...])`."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(schema_of(change.kind).title, []).append(change)
    return iter(groups.items())


# --- several in one sentence -------------------------------------------------------------------------------


def _together(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Changes that one sentence tells of: one person after another, whole files of a kind, the fields of a thing."""
    groups: dict[object, list[Change]] = {}
    handed = _handed_over(changes)
    for change in changes:
        pair = handed.get(id(change))
        groups.setdefault(("role", id(pair[0])) if pair else _key(change), []).append(change)
    return (list(handed.get(id(group[0]), group)) for group in groups.values())


def _handed_over(changes: Sequence[Change]) -> dict[int, tuple[Change, Change]]:
    """The appointments that end with those that follow, by either of them."""
    found: dict[int, tuple[Change, Change]] = {}
    for change in changes:
        follower = next((other for other in changes if id(other) not in found and _took_over(change, other)), None)
        if follower is not None:
            found |= {id(one): (change, follower) for one in (change, follower)}
    return found


def _key(change: Change) -> object:
    if change.is_file:
        return change.what, change.kind
    if change.is_whole and change.steps == unit_steps(change):
        return change.file, change.steps, change.ids[:-1], change.what
    return unit_key(change)


def _files(group: Sequence[Change], sides: Sides) -> str:
    title = schema_of(group[0].kind).title
    names = [file_name(change, sides).removeprefix(title) or _own_name(change) for change in group]
    more = f"ほか{len(names) - FEW}件" if len(names) > FEW else ""
    verb = "加えた" if group[0].what == comparison.ADDED else "除いた"
    return f"{title}{''.join(names[:FEW])}{more}を{verb}。"


def _own_name(change: Change) -> str:
    """What a file that there is one of is called: a contract by its title."""
    return f"「{comparison.called(change.after or change.before)}」" if change.kind == "contract" else ""


def _took_over(change: Change, other: Change) -> bool:
    """Whether the second change is the appointment that follows the one which the first one ends."""
    new = other.after
    if other.what != comparison.ADDED or (other.kind, other.steps) != ("staff", ("appointments", "*")):
        return False
    if new.get("deputy") or change.kind != "staff" or change.steps[:2] != ("appointments", "*"):
        return False
    if change.what == comparison.REMOVED:
        old = change.before
        return bool(len(change.steps) == 2 and old["role"] == new["role"] and old["person"] != new["person"])
    ended = change.steps[2:] == ("end",) and change.after and not change.before
    return bool(ended and change.ids[0].split("/")[1] == new["role"] and new["start"] == change.after + _DAY)


def _taken_over(change: Change, follower: Change, sides: Sides) -> str:
    person, role = change.ids[0].split("/")[:2]
    came, since = follower.after["person"], wareki(follower.after["start"])
    left = sides.old.name("person", person)
    return f"{sides.new.name('role', role)}　{left} → {sides.new.name('person', came)}（{since}から）"
