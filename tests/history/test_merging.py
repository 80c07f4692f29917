"""Whether a merge changed a file itself."""

from __future__ import annotations

import pytest

from generator.history.merging import changed_itself

BASE = "people:\n- id: p1\n  name: 田中\n- id: p2\n  name: 佐藤\nroles:\n- id: a\n"


def _with(old: str, new: str, text: str = BASE) -> str:
    assert old in text
    return text.replace(old, new, 1)


OURS, THEIRS = _with("田中", "鈴木"), _with("roles:\n", "roles:\n- id: b\n")
BOTH = _with("田中", "鈴木", THEIRS)

CASES = {
    "both sides put together": (BOTH, [OURS, THEIRS], False),
    "as on one side": (OURS, [OURS, THEIRS], False),
    "the same change on both sides": (OURS, [OURS, OURS], False),
    "something of its own": (_with("佐藤", "伊藤", BOTH), [OURS, THEIRS], True),
    "a line that stands elsewhere already": (_with("id: p2", "id: p1", BOTH), [OURS, THEIRS], True),
    "what both sides have left out": (_with("- id: p2\n  name: 佐藤\n", "", BOTH), [OURS, THEIRS], True),
    "what one side took away": (
        _with("- id: p2\n  name: 佐藤\n", "", OURS),
        [OURS, _with("- id: p2\n  name: 佐藤\n", "")],
        False,
    ),
    "two names for one person, neither kept": (_with("田中", "高橋"), [OURS, _with("田中", "伊藤")], True),
    "two additions, neither kept": (
        BASE,
        [_with("roles:", "- id: p3\nroles:"), _with("roles:", "- id: p4\nroles:")],
        True,
    ),
    "three sides": (BOTH, [OURS, THEIRS, BASE], False),
    "on one side only, as there": (OURS, [OURS], False),
    "on one side only, changed": (BOTH, [OURS], True),
}


@pytest.mark.parametrize("name", CASES)
def test_merge(name: str) -> None:
    """A change that came from a parent is that parent's; only what no parent has, or all had, is the merge's own."""
    after, befores, expected = CASES[name]
    assert changed_itself(after.encode(), [before.encode() for before in befores]) is expected


@pytest.mark.parametrize(("after", "befores"), [(None, [b"x"]), (b"x", []), (b"x", [b"x", None]), (None, [])])
def test_what_is_gone_or_cannot_be_read(after: bytes | None, befores: list[bytes | None]) -> None:
    """A file that the merge alone took away or made, or that is no text to compare, was changed by it."""
    assert changed_itself(after, befores)
