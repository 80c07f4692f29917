"""Files below data/ that no schema is for, and what they were probably meant to be."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from generator.intake.schema import Schemas
from generator.problems import Problem, Source

NEAR = 0.75
"""How alike two names must be for one to be a slip of the other."""


def meant(path: str, schemas: Schemas) -> str | None:
    """The path a stray file was probably meant to have: `staff.yaml` and `staf.yml` are staff.yml."""
    found = [(score, files) for s in schemas.by_kind.values() for score, files in [_filled(path, s.files)] if files]
    score, best = max(found, default=(0.0, ""))
    return best if score >= NEAR else None


def stray(path: str, schemas: Schemas) -> Problem:
    """The problem of a file that is no kind of data."""
    known = [schema.files for schema in schemas.by_kind.values()]
    places = dict.fromkeys(_RECORDED.sub(r"\1{kind}/", files) for files in sorted(known))
    named = [files for files in known if PurePosixPath(files).stem == PurePosixPath(path).stem]
    near = meant(path, schemas) or (named[0] if named else None)
    hint = f"{near} ではありませんか" if near else f"置ける場所: {'、'.join(places)}"
    return Problem(Source(path), "FIL001", "このファイルはどの種類のデータにも当たりません", hint)


_RECORDED = re.compile(r"(/records/)[^/]+/")
"""The kinds of record are too many to be listed one by one."""


def _filled(path: str, files: str) -> tuple[float, str]:
    """How well a path fits a kind's place, and the place with the path's own names filled in."""
    mine, places = _steps(path), _steps(files)
    if len(mine) != len(places):
        return 0.0, ""
    steps = [_step(own, place) for own, place in zip(mine, places, strict=True)]
    return min(score for score, _ in steps), "/".join(step for _, step in steps) + ".yml"


def _steps(path: str) -> list[str]:
    return re.sub(r"\.ya?ml\Z", "", path, flags=re.IGNORECASE).split("/")


def _step(own: str, place: str) -> tuple[float, str]:
    if place.startswith("{"):
        return 1.0, own
    return SequenceMatcher(None, own.lower(), place).ratio(), place
