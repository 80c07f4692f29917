"""What was done to a thing, clause by clause: `所属を「A」から「B」に改め、電話を「00」とした`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.documents.changenames import Sides, field_name, last_item, thing_name, unit_steps
from generator.documents.changevalues import schema_of
from generator.history import comparison, wording
from generator.history.comparison import Change

LONG = 40
"""A text longer than this many characters is not repeated in a sentence: its changed words are."""

SHORT = 30
"""Changed words longer than this are left to the comparison table."""

FEW, MANY = 3, 6
"""As many changed words or names, and as many changes of one thing, are told one by one."""

_ENDINGS = {"改め": "改めた", "とし": "とした", "加え": "加えた", "除き": "除いた", "削り": "削った"}
"""How a clause goes on, and how it ends a sentence."""

_Clause = tuple[str, str]
"""What was done, up to the verb; the verb as it goes on."""


def thing(changes: Sequence[Change], sides: Sides) -> str:
    """All that changed of a thing: `体制　人「例示 花子」の所属を「A」から「B」に改め、電話を「00」とした。`"""
    groups = alike(changes)
    clauses = [clause for group in groups[:MANY] for clause in _clauses(group, sides)]
    if len(groups) > MANY:
        clauses.append((f"ほか{len(groups) - MANY}か所を", "改め"))
    first, steps = changes[0], unit_steps(changes[0])
    link = "の" if (steps and first.steps != steps) or first.what == comparison.RENUMBERED else ""
    *rest, (last, verb) = clauses
    said = "".join(f"{text}{stem}、" for text, stem in rest) + last + _ENDINGS[verb]
    return f"{thing_name(first, sides)}{link}{said}。"


def alike(changes: Sequence[Change]) -> list[list[Change]]:
    """Items that came into, or went from, one list together; every other change by itself."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        one = (change.what, change.steps) if change.is_whole else id(change)
        groups.setdefault(one, []).append(change)
    return list(groups.values())


def _clauses(group: Sequence[Change], sides: Sides) -> list[_Clause]:
    """What was done to a field of a thing, or to the thing itself."""
    change, name = group[0], field_name(group[0], sides)
    if change.what == comparison.MOVED:
        return [(f"{name}の順序を", "改め")]
    if change.what == comparison.RENUMBERED:
        return [(f"記号を「{change.before}」から「{change.after}」に", "改め")]
    if change.is_whole:
        others = [last_item(other, sides) for other in group[1:]]
        shown = FEW - 1 if change.steps == unit_steps(change) else MANY
        more = f"ほか{len(others) - shown}件" if len(others) > shown else ""
        named = "".join(f"「{other}」" for other in others[:shown])
        return [(f"{name}{named}{more}を", "加え" if change.what == comparison.ADDED else "除き")]
    before, after = ("／".join(value(change, sides, after=side).splitlines()) for side in (False, True))
    return _changed(name, before, after)


def _changed(name: str, before: str, after: str) -> list[_Clause]:
    if not before:
        return [(f"{name}を", "加え") if len(after) > LONG else (f"{name}を「{after}」", "とし")]
    if not after:
        return [(f"{name}{'' if len(before) > LONG else f'「{before}」'}を", "除き")]
    if max(len(before), len(after)) > LONG:
        return _amended(name, before, after)
    return [(f"{name}を「{before}」から「{after}」に", "改め")]


def _amended(name: str, before: str, after: str) -> list[_Clause]:
    """A long text, by the words that changed: `対処作業中「４月」を「５月」に改め、「文書で」を加え`."""
    edits = list(_edits(wording.runs(before, after)))
    if len(edits) > FEW or any(len(text) > SHORT for edit in edits for text in edit):
        return [(f"{name}の文を", "改め")]
    (first, verb), *rest = [_edit(gone.strip(), new.strip()) for gone, new in edits]
    return [(f"{name}中{first}", verb), *rest]


def _edits(runs: Sequence[wording.Run]) -> Iterator[tuple[str, str]]:
    """What went with what came in its place."""
    gone = ""
    for run in (*runs, wording.Run(wording.SAME, "")):
        if run.what != wording.GONE and (gone or run.what == wording.NEW):
            yield gone, run.text if run.what == wording.NEW else ""
        gone = run.text if run.what == wording.GONE else ""


def _edit(gone: str, new: str) -> _Clause:
    if gone and new:
        return f"「{gone}」を「{new}」に", "改め"
    return (f"「{new}」を", "加え") if new else (f"「{gone}」を", "削り")


# --- values ----------------------------------------------------------------------------------------------


def value(change: Change, sides: Sides, after: bool) -> str:
    """One side of a change in words."""
    side, voice = (change.after, sides.new) if after else (change.before, sides.old)
    if side is None:
        return ""
    return voice.text(schema_of(change.kind), change.steps, side) if change.steps else comparison.called(side)
