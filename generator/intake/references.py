"""References between records: a name that is not there, and the nearest that is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from generator.problems import Problem, Source

PROBLEM_CODES = {"REF001": "参照先がない"}


def unknown(source: Source, title: str, name: str, known: Iterable[str], place: str) -> Problem:
    """`title` says what was looked for, `place` where it would have to be written."""
    names = sorted(known)
    near = get_close_matches(name, names, 1, 0.6)
    if near:
        hint = f"{near[0]} ではありませんか"
    else:
        hint = f"{place} に書いてください" + (f"。今あるもの: {'、'.join(names[:8])}" if names else "")
    return Problem(source, "REF001", f"{title}「{name}」がありません", hint)
