"""Changes of the data said in sentences: 「業務責任者　田中 → 鈴木（令和8年10月1日から）」."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents.facts import said
from generator.history import comparison
from generator.history.comparison import Change
from generator.intake.eras import wareki
from generator.intake.schema import Schema, load_schemas
from generator.model import Contract

LONG = 60
"""A text longer than this many characters is not repeated in a sentence; the comparison table shows it."""

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Sides:
    """The contract before and after: names are looked up on the side they belong to."""

    before: Contract
    after: Contract


def sentences(changes: Sequence[Change], sides: Sides) -> list[str]:
    """What changed, a sentence each; people who took over a role in one sentence."""
    taken, found = set(), []
    for change in changes:
        if id(change) in taken:
            continue
        follower = _follower(change, changes)
        if follower is not None:
            taken |= {id(follower)}
            found.append(_taken_over(change, follower, sides))
        else:
            found.append(_sentence(change, sides))
    return found


def where(change: Change) -> str:
    """The thing that changed, from the file inwards: `体制　人「例示 花子」の氏名`."""
    schema = load_schemas().by_kind[change.kind]
    parts: list[str] = []
    names = iter(change.items)
    for depth, step in enumerate(change.steps):
        if step == "*":
            name = next(names)
            parts[-1] += f"「{name}」" if name else ""
        else:
            parts.append(_title(schema, change.steps[: depth + 1]))
    return f"{schema.title}　{'の'.join(parts)}" if parts else schema.title


def _title(schema: Schema, steps: Sequence[str]) -> str:
    rule = schema.rule_at([0 if step == "*" else step for step in steps])
    return str(rule.get("meta", {}).get("title", steps[-1]))


def value(change: Change, side: Any, contract: Contract) -> str:
    """One side of a change in words."""
    schema = load_schemas().by_kind[change.kind]
    if not change.steps:
        return "" if side is None else comparison.called(side)
    return said(contract, schema, [0 if step == "*" else step for step in change.steps], side)


def _sentence(change: Change, sides: Sides) -> str:
    place = where(change)
    if change.what == comparison.MOVED:
        return f"{place}の順序を改めた。"
    if change.what == comparison.RENUMBERED:
        return f"{place}の記号を「{change.before}」から「{change.after}」に改めた。"
    if change.what in (comparison.ADDED, comparison.REMOVED):
        verb = "加えた" if change.what == comparison.ADDED else "除いた"
        called = comparison.called(change.after if change.what == comparison.ADDED else change.before)
        return f"{place}{f'「{called}」' if not change.steps and called else ''}を{verb}。"
    before, after = value(change, change.before, sides.before), value(change, change.after, sides.after)
    if not before:
        return f"{place}を加えた。" if len(after) > LONG else f"{place}を「{after}」とした。"
    if not after:
        return f"{place}を除いた。" if len(before) > LONG else f"{place}「{before}」を除いた。"
    if max(len(before), len(after)) > LONG:
        return f"{place}の文を改めた。"
    return f"{place}を「{before}」から「{after}」に改めた。"


# --- one person after another ---------------------------------------------------------------------------


def _follower(change: Change, changes: Sequence[Change]) -> Change | None:
    """The appointment that takes up the role the day after this one ends."""
    left = _ended(change)
    if left is None:
        return None
    role, day = left
    for other in changes:
        new = other.after
        came = other.what == comparison.ADDED and other.steps == ("appointments", "*")
        if came and new["role"] == role and new["start"] == day + _DAY and not new.get("deputy"):
            return other
    return None


def _ended(change: Change) -> tuple[str, dt.date] | None:
    """Role and last day, where a change says that an appointment has ended."""
    if change.kind == "staff" and change.steps == ("appointments", "*", "end") and change.after and not change.before:
        return change.ids[0].split("/")[1], change.after
    return None


def _taken_over(change: Change, follower: Change, sides: Sides) -> str:
    names = {p.id: p.name for contract in (sides.before, sides.after) for p in contract.staff.people}
    roles = {role.id: role.title for role in sides.after.staff.roles}
    person, role = change.ids[0].split("/")[:2]
    came = follower.after["person"]
    since = wareki(follower.after["start"])
    return f"{roles.get(role, role)}　{names.get(person, person)} → {names.get(came, came)}（{since}から）"


def grouped(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Changes by the kind of data file, in order: `("体制", [...])`."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(load_schemas().by_kind[change.kind].title, []).append(change)
    return iter(groups.items())
