"""The number of a new row of a register, after the habit of the rows there are: `q2604-09` after `q2604-08`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from generator.model import Entry

_NUMBERED = re.compile(r"(.*?)(\d+)\Z")


def next_number(files: Sequence[Entry], field: str, file: str, example: object) -> str | None:
    """The number of a new row of a register's file, after the habit of those there are; None where there is none."""
    ids = {entry.id: [str(row["id"]) for row in entry.values.get(field) or () if "id" in row] for entry in files}
    filled = {name: own for name, own in ids.items() if own}
    if not filled:
        return str(example) if example and _NUMBERED.match(str(example)) else None
    for token in _TOKENS:
        parts = {name: [_numbered(one, token(name)) for one in own] for name, own in filled.items()}
        stems = {part[:2] if part else None for own in parts.values() for part in own}
        if len(stems) == 1 and None not in stems:
            return _next_number([part for part in _with(parts, file, bool(token(file))) if part], token(file))
    return None


_TOKENS: tuple[Callable[[str], str], ...] = (
    lambda file: file,
    lambda file: file.replace("-", ""),
    lambda file: file.replace("-", "")[2:],
    lambda file: file[5:],
    lambda file: "",
)
"""How a number can tell its file: `2026-04`, `202604`, `2604`, `04`, or not at all."""

Part = tuple[str, str, int, int]
"""What stands before and behind the token of a number, the number, and how many digits it has."""


def _numbered(name: str, token: str) -> Part | None:
    match = re.match(rf"(\D*){re.escape(token)}(\D*)(\d+)\Z", name) if token else re.match(r"(.*?)()(\d+)\Z", name)
    return (match[1], match[2], int(match[3]), len(match[3])) if match else None


def _with(parts: Mapping[str, list[Part | None]], file: str, apart: bool) -> list[Part | None]:
    """The numbers with which a new one is counted; of another file only the last one's form is taken."""
    if not apart:
        return [part for own in parts.values() for part in own]
    if file in parts:
        return parts[file]
    before, behind, _, digits = parts[max(parts)][-1] or ("", "", 0, 1)
    return [(before, behind, 0, digits)]


def _next_number(parts: Sequence[Part], token: str) -> str:
    before, behind, number, digits = max(parts, key=lambda part: part[2])
    return f"{before}{token}{behind}{number + 1:0{digits}}"
